package dev.papertape.contracts.deploy;

import java.time.Duration;
import java.util.List;

/** The two policies that come along. */
final class ShippedPolicies {
  private static final double ALPHA = 0.05;
  private static final double MARGIN = 2;
  private static final long CAP = 3_000;
  private static final int GRIDS = 1;
  private static final int ROLLBACKS = 3;

  /** The bound of a 95th percentile is 5 % slower than the threshold, by definition. */
  private static final List<SloRule> SLOS =
      List.of(
          new SloRule(Slo.P95_LATENCY, 0.05, 1_000.0),
          new SloRule(Slo.ERROR_RATE, 0.01, null),
          new SloRule(Slo.ROUTER_QOS, 0.05, 1.0));

  private ShippedPolicies() {}

  static RolloutPolicy standard() {
    long half = Duration.ofMinutes(30).toMillis();
    return policy(
        "standard",
        TrafficPace.LIVE,
        List.of(
            new StageRule(Stage.CANDIDATE, 1, 100, half / 3),
            new StageRule(Stage.CANARY, 1, 300, half),
            new StageRule(Stage.PARTIAL, 10, 400, half),
            new StageRule(Stage.PARTIAL, 25, 400, half),
            new StageRule(Stage.PARTIAL, 50, 400, half)));
  }

  static RolloutPolicy demo() {
    long few = Duration.ofSeconds(3).toMillis();
    return policy(
        "demo",
        TrafficPace.DEMO,
        List.of(
            new StageRule(Stage.CANDIDATE, 1, 20, few),
            new StageRule(Stage.CANARY, 1, 50, few),
            new StageRule(Stage.PARTIAL, 10, 100, few),
            new StageRule(Stage.PARTIAL, 25, 100, few),
            new StageRule(Stage.PARTIAL, 50, 100, few)));
  }

  private static RolloutPolicy policy(String name, TrafficPace pace, List<StageRule> stages) {
    return new RolloutPolicy(
        name, pace, SLOS, GRIDS, ALPHA, ALPHA, MARGIN, CAP, stages, ROLLBACKS, false);
  }
}
