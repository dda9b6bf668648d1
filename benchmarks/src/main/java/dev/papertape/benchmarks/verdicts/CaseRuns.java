package dev.papertape.benchmarks.verdicts;

import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.contracts.deploy.StageRule;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Many runs of one case, each with a seed of its own and each rule on the same stream. */
final class CaseRuns {
  /** The shipped policy's bounds, grids, levels and cap, without what stages ask for besides. */
  static final RolloutPolicy POLICY = withoutWaiting(RolloutPolicy.STANDARD);

  private static final long SEED = 20_260_101;

  /** Streams must not overlap: run and case are spread over the seeds by odd multipliers. */
  private static final long CASE_STRIDE = 0x9E3779B97F4A7C15L;

  private final Case of;
  private final List<Run> runs;

  private record Run(SimulatedRollout.Ended ours, Outcome argo, Outcome peekingZ) {}

  private CaseRuns(Case of, List<Run> runs) {
    this.of = of;
    this.runs = runs;
  }

  static CaseRuns of(Case of, int count) {
    double bound =
        POLICY.slos().stream()
            .filter(rule -> rule.slo() == of.judged())
            .mapToDouble(SloRule::bound)
            .findFirst()
            .orElseThrow();
    long first = SEED + of.name().hashCode() * CASE_STRIDE;
    return new CaseRuns(
        of,
        LongStream.range(0, count)
            .parallel()
            .mapToObj(
                run -> {
                  Streams streams = new Streams(of, first + run, (int) POLICY.sampleCap());
                  return new Run(
                      SimulatedRollout.run(POLICY, streams),
                      PeerRules.argo(streams, of.judged(), bound),
                      PeerRules.peekingZ(streams, of.judged(), bound));
                })
            .toList());
  }

  Case ofCase() {
    return of;
  }

  int count() {
    return runs.size();
  }

  int count(Outcome outcome) {
    return (int) runs.stream().filter(run -> run.ours().outcome() == outcome).count();
  }

  int right() {
    return (int) runs.stream().filter(run -> of.isRight(run.ours().outcome())).count();
  }

  int rightByArgo() {
    return (int) runs.stream().filter(run -> of.isRight(run.argo())).count();
  }

  int rightByPeekingZ() {
    return (int) runs.stream().filter(run -> of.isRight(run.peekingZ())).count();
  }

  int recomputedOtherwise() {
    return (int) runs.stream().filter(run -> !run.ours().recomputed()).count();
  }

  /** Of the runs with this outcome, how many took no more than so many samples. */
  int within(Outcome outcome, int samples) {
    return (int) Arrays.stream(samples(outcome)).filter(each -> each <= samples).count();
  }

  /** Samples of the candidate to this outcome; null when no run had it. */
  @Nullable Integer median(Outcome outcome) {
    return median(samples(outcome));
  }

  /** Samples of the candidate after which the judged SLO alone had passed; null when never. */
  @Nullable Integer medianToPass() {
    return median(
        runs.stream()
            .map(run -> run.ours().passedAt().get(of.judged()))
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray());
  }

  private static @Nullable Integer median(int[] sorted) {
    return sorted.length == 0 ? null : sorted[sorted.length / 2];
  }

  private int[] samples(Outcome outcome) {
    return runs.stream()
        .filter(run -> run.ours().outcome() == outcome)
        .mapToInt(run -> run.ours().samples())
        .sorted()
        .toArray();
  }

  private static RolloutPolicy withoutWaiting(RolloutPolicy shipped) {
    return new RolloutPolicy(
        "verdicts-only",
        shipped.pace(),
        shipped.slos(),
        shipped.grids(),
        shipped.promoteAlpha(),
        shipped.abortAlpha(),
        shipped.margin(),
        shipped.sampleCap(),
        List.of(new StageRule(Stage.CANDIDATE, 1, 0, 0), new StageRule(Stage.CANARY, 1, 0, 0)),
        shipped.maxRollbacksInRow(),
        shipped.samplesChaos());
  }
}
