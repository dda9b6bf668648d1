package dev.papertape.contracts.deploy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a rollout is judged and how it goes; stands whole in the event that begins a rollout, so that
 * each verdict can be computed again.
 *
 * @param name of this set of values, shown in the status
 * @param pace where the intents come from
 * @param slos each at most once; all must pass
 * @param grids version of the alternatives that the evidence mixes over
 * @param promoteAlpha chance to promote what is as bad as margin · bound
 * @param abortAlpha chance to abort what keeps every bound; shared evenly by the SLOs
 * @param margin m &ge; 1: promotion must rule out m · bound. With 2, a release exactly at its bound
 *     is promoted about as often as a good one, and one at 1.5 times the bound about every third
 *     time; a tighter one needs more samples
 * @param sampleCap of an SLO; without a verdict by then it is inconclusive
 * @param stages in order, the shadow first, shares never falling
 * @param maxRollbacksInRow after so many a person must say that it goes on
 * @param samplesChaos whether samples taken while a chaos experiment runs count
 */
public record RolloutPolicy(
    String name,
    TrafficPace pace,
    List<SloRule> slos,
    int grids,
    double promoteAlpha,
    double abortAlpha,
    double margin,
    long sampleCap,
    List<StageRule> stages,
    int maxRollbacksInRow,
    boolean samplesChaos) {

  /** E-values are cut, so an alpha must leave what reaches it well below the cut. */
  private static final double LEAST_ALPHA = 1e-9;

  /** For real traffic: more than two hours of feed time, and 1,600 samples of the candidate. */
  public static final RolloutPolicy STANDARD = ShippedPolicies.standard();

  /**
   * To see a rollout go its whole way in about a minute of 500 intents a second: the same bounds,
   * the same evidence, but stages of seconds and of few samples.
   */
  public static final RolloutPolicy DEMO = ShippedPolicies.demo();

  public RolloutPolicy {
    slos = List.copyOf(slos);
    stages = List.copyOf(stages);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a policy needs a name");
    }
    if (grids != 1) {
      throw new IllegalArgumentException("there is version 1 of the grids only");
    }
    if (!isProbability(promoteAlpha) || !isProbability(abortAlpha)) {
      throw new IllegalArgumentException("an alpha lies between 1e-9 and 1");
    }
    if (sampleCap < 1 || maxRollbacksInRow < 1) {
      throw new IllegalArgumentException("cap and rollbacks in a row are 1 or more");
    }
    requireSlos(slos, margin);
    requireStages(stages);
  }

  /** An SLO's share of {@code abortAlpha}. */
  public double abortAlphaShare() {
    return abortAlpha / slos.size();
  }

  private static boolean isProbability(double alpha) {
    return alpha >= LEAST_ALPHA && alpha < 1;
  }

  private static void requireSlos(List<SloRule> slos, double margin) {
    Set<Slo> seen = new HashSet<>();
    if (slos.isEmpty() || !slos.stream().map(SloRule::slo).allMatch(seen::add)) {
      throw new IllegalArgumentException("needs an SLO or more, none twice");
    }
    if (!(margin >= 1) || slos.stream().anyMatch(rule -> !(margin * rule.bound() < 1))) {
      throw new IllegalArgumentException("a margin is 1 or more, margin · bound less than 1");
    }
  }

  private static void requireStages(List<StageRule> stages) {
    if (stages.isEmpty() || stages.getFirst().stage() != Stage.CANDIDATE) {
      throw new IllegalArgumentException("a rollout begins in the shadow");
    }
    for (int i = 1; i < stages.size(); i++) {
      StageRule before = stages.get(i - 1);
      StageRule rule = stages.get(i);
      boolean inOrder =
          rule.stage().compareTo(before.stage()) >= 0
              && rule.stage() != Stage.CANDIDATE
              && rule.sampledPercent() >= before.sampledPercent();
      if (!inOrder) {
        throw new IllegalArgumentException("stages go one way, and their shares never fall");
      }
    }
    if (stages.size() < 2) {
      throw new IllegalArgumentException("a rollout needs a stage of real traffic");
    }
  }
}
