package dev.papertape.command.deploy.verdict;

import dev.papertape.contracts.deploy.Observation;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloEvidence;
import dev.papertape.contracts.deploy.SloVerdict;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A policy's SLOs, each with its judge. */
public final class Judges {
  /**
   * One rollout runs at a time, so its judges are worth keeping; the same policy gives the same.
   */
  private static volatile @Nullable Judges newest;

  private final RolloutPolicy policy;
  private final List<SloJudge> judges;

  private Judges(RolloutPolicy policy) {
    this.policy = policy;
    this.judges = policy.slos().stream().map(rule -> new SloJudge(rule, policy)).toList();
  }

  public static Judges of(RolloutPolicy policy) {
    Judges kept = newest;
    if (kept == null || !kept.policy.equals(policy)) {
      kept = new Judges(policy);
      newest = kept;
    }
    return kept;
  }

  /**
   * Assesses every SLO, in the policy's order.
   *
   * @param previous each SLO's verdict before
   */
  public List<SloAssessment> assess(Observation observation, Function<Slo, SloVerdict> previous) {
    return judges.stream()
        .map(judge -> judge.assess(observation.of(judge.slo()), previous.apply(judge.slo())))
        .toList();
  }

  /** The e-values of those of the counts that the policy judges, in the policy's order. */
  public List<SloEvidence> evidence(List<SloCounts> counts) {
    return judges.stream()
        .flatMap(
            judge -> counts.stream().filter(each -> each.slo() == judge.slo()).map(judge::evidence))
        .toList();
  }
}
