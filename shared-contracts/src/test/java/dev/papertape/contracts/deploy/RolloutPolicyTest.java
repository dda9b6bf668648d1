package dev.papertape.contracts.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutPolicyTest {
  private static final List<StageRule> STAGES =
      List.of(rule(Stage.CANDIDATE, 1), rule(Stage.CANARY, 1), rule(Stage.PARTIAL, 50));
  private static final SloRule ERRORS = new SloRule(Slo.ERROR_RATE, 0.01, null);

  @Test
  void bothShippedOnesGoTheWholeWayByTheSameEvidence() {
    for (RolloutPolicy policy : List.of(RolloutPolicy.STANDARD, RolloutPolicy.DEMO)) {
      assertThat(policy.stages())
          .extracting(StageRule::trafficPercent)
          .containsExactly(0, 1, 10, 25, 50);
      assertThat(policy.slos()).extracting(SloRule::slo).containsExactly(Slo.values());
      assertThat(policy.slos()).isEqualTo(RolloutPolicy.STANDARD.slos());
      assertThat(policy.abortAlphaShare()).isEqualTo(policy.abortAlpha() / 3);
      assertThat(policy.stages().stream().mapToLong(StageRule::minimumSamples).sum())
          .as("what the stages ask for is there before the cap")
          .isLessThan(policy.sampleCap());
    }
    assertThat(RolloutPolicy.DEMO.pace()).isEqualTo(TrafficPace.DEMO);
    assertThat(RolloutPolicy.STANDARD.pace()).isEqualTo(TrafficPace.LIVE);
  }

  @Test
  void whatCannotBeJudgedIsRefused() {
    refused("margin", List.of(ERRORS), 100, STAGES);
    refused("margin", List.of(ERRORS), 0.5, STAGES);
    refused("margin", List.of(ERRORS), Double.NaN, STAGES);
    refused("SLO", List.of(), 2, STAGES);
    refused("SLO", List.of(ERRORS, ERRORS), 2, STAGES);
    assertThatThrownBy(() -> new SloRule(Slo.ERROR_RATE, 0, null)).hasMessageContaining("bound");
    assertThatThrownBy(() -> new SloRule(Slo.ERROR_RATE, Double.NaN, null))
        .hasMessageContaining("bound");
    assertThatThrownBy(() -> new SloRule(Slo.P95_LATENCY, 0.05, null))
        .hasMessageContaining("threshold");
    assertThatThrownBy(() -> new SloRule(Slo.ERROR_RATE, 0.05, 1.0))
        .hasMessageContaining("threshold");
  }

  @Test
  void stagesBeginInTheShadowAndGoOneWay() {
    refused("shadow", List.of(ERRORS), 2, STAGES.subList(1, 3));
    refused("real traffic", List.of(ERRORS), 2, STAGES.subList(0, 1));
    refused(
        "one way",
        List.of(ERRORS),
        2,
        List.of(rule(Stage.CANDIDATE, 1), rule(Stage.PARTIAL, 10), rule(Stage.CANARY, 10)));
    refused(
        "one way",
        List.of(ERRORS),
        2,
        List.of(rule(Stage.CANDIDATE, 1), rule(Stage.PARTIAL, 25), rule(Stage.PARTIAL, 10)));
    assertThatThrownBy(() -> rule(Stage.CANARY, 51)).hasMessageContaining("50 percent");
    assertThatThrownBy(() -> rule(Stage.ACTIVE, 50)).hasMessageContaining("no step");
  }

  @Test
  void theNamesOfRouterValuesFollowTheirValues() {
    PolicyBundle base = bundle();
    PolicyChange same =
        new PolicyChange(
            new PolicyChange.Router(2_000L, null, null, null, null, null, null), null, null, null);
    PolicyChange alphas =
        new PolicyChange(
            null, null, null, new PolicyChange.Alphas(new PolicyChange.Momentum(20, null, null)));

    assertThat(same.over(base, "next").router().version()).isEqualTo("router-1");
    assertThat(same.over(base, "next").decidesAs(base)).isTrue();
    PolicyBundle slower = alphas.over(base, "next");
    assertThat(slower.alphas().momentum()).isEqualTo(new AlphaParameters.Momentum(20, 0.75, 0.25));
    assertThat(slower.router().version()).isEqualTo("router-1");
    assertThat(slower.decidesAs(base)).isFalse();
  }

  private static PolicyBundle bundle() {
    return new PolicyBundle(
        "base",
        new RouterParameters(
            "router-1",
            2_000,
            1,
            1,
            100,
            250,
            new RouterParameters.Weights(1, 1, 1, 1, 1, 1),
            1_000),
        new SizingParameters(BigDecimal.TEN, BigDecimal.ONE, 0),
        new GuardParameters(BigDecimal.TEN, BigDecimal.TEN, 1),
        new AlphaParameters(new AlphaParameters.Momentum(10, 0.75, 0.25)));
  }

  private static StageRule rule(Stage stage, int percent) {
    return new StageRule(stage, percent, 0, 0);
  }

  private static void refused(
      String why, List<SloRule> slos, double margin, List<StageRule> stages) {
    assertThatThrownBy(
            () ->
                new RolloutPolicy(
                    "p", TrafficPace.LIVE, slos, 1, 0.05, 0.05, margin, 100, stages, 3, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
