package dev.papertape.command.deploy;

import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.PolicyChange;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.RouterParameters;
import dev.papertape.eventstore.web.BodyRule;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Violations;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as {@code POST /api/deploy/candidates} names it.
 *
 * @param policy how its rollout goes
 */
record CandidateBody(String release, PolicyChange change, RolloutPolicy policy) {
  /** Beyond any paper account; what sizes are made of must stay within the engine's longs. */
  private static final BigDecimal MOST_NOTIONAL = new BigDecimal("1000000000");

  private static final String MOMENTUM = "/policy/alphas/momentum/";

  static CandidateBody read(Members body) {
    boolean isDemo = body.findText("pace").orElse("").equals(RolloutPolicy.DEMO.name());
    return new CandidateBody(
        body.text("release"), change(body), isDemo ? RolloutPolicy.DEMO : RolloutPolicy.STANDARD);
  }

  /**
   * What the schema cannot say: thresholds in order, also where one of them is the active
   * release's.
   *
   * @param active the release that the change is made to
   */
  static BodyRule rule(PolicyBundle active) {
    return (body, violations) -> {
      PolicyChange change = change(body);
      var momentum = change.over(active, "candidate").alphas().momentum();
      if (!isAnyRefused(body) && !(momentum.enter() > momentum.exit())) {
        violations.add(
            MOMENTUM + "enter",
            "OUT_OF_RANGE",
            "enter must be above exit, which is " + momentum.exit(),
            Double.toString(momentum.enter()));
      }
      PolicyChange.Sizing sizing = change.sizing();
      if (sizing != null) {
        refuseAboveMost(violations, "/policy/sizing/targetNotional", sizing.targetNotional());
      }
      PolicyChange.Guards guards = change.guards();
      if (guards != null) {
        refuseAboveMost(violations, "/policy/guards/maxNotional", guards.maxNotional());
        refuseAboveMost(violations, "/policy/guards/maxExposure", guards.maxExposure());
      }
      PolicyChange.Router router = change.router();
      RouterParameters.Weights weights = router == null ? null : router.weights();
      if (weights != null && sum(weights) <= 0) {
        violations.add(
            "/policy/router/weights", "OUT_OF_RANGE", "the weights must not all be 0", null);
      }
    };
  }

  /** Whether a threshold was refused by itself: then there is nothing to hold the other to. */
  private static boolean isAnyRefused(Members body) {
    return body.findPartOf("policy")
        .flatMap(policy -> policy.findPartOf("alphas"))
        .flatMap(alphas -> alphas.findPartOf("momentum"))
        .filter(
            momentum ->
                Stream.of("enter", "exit")
                    .anyMatch(
                        each -> momentum.wasGiven(each) && momentum.findNumber(each).isEmpty()))
        .isPresent();
  }

  private static void refuseAboveMost(
      Violations violations, String pointer, @Nullable BigDecimal notional) {
    if (notional != null && notional.compareTo(MOST_NOTIONAL) > 0) {
      violations.add(
          pointer,
          "OUT_OF_RANGE",
          "must be at most " + MOST_NOTIONAL.toPlainString(),
          notional.toString());
    }
  }

  private static double sum(RouterParameters.Weights weights) {
    return weights.uptime()
        + weights.freshness()
        + weights.fillRate()
        + weights.rejects()
        + weights.gaps()
        + weights.latency();
  }

  private static PolicyChange change(Members body) {
    return body.findPartOf("policy")
        .map(
            policy ->
                new PolicyChange(
                    policy.findPartOf("router").map(CandidateBody::router).orElse(null),
                    policy.findPartOf("sizing").map(CandidateBody::sizing).orElse(null),
                    policy.findPartOf("guards").map(CandidateBody::guards).orElse(null),
                    policy.findPartOf("alphas").map(CandidateBody::alphas).orElse(null)))
        .orElse(PolicyChange.NONE);
  }

  private static PolicyChange.Router router(Members router) {
    return new PolicyChange.Router(
        router.findInteger("maxAgeMs").orElse(null),
        router.findNumber("retryCostBps").orElse(null),
        router.findNumber("adverseMoveSigmas").orElse(null),
        whole(router, "participationPercent"),
        router.findNumber("latencyScaleMs").orElse(null),
        router.findPartOf("weights").map(CandidateBody::weights).orElse(null),
        router.findInteger("qosHalfLifeMs").orElse(null));
  }

  /** Null if one of them was refused: then the request is refused as a whole. */
  private static RouterParameters.@Nullable Weights weights(Members weights) {
    List<Double> values =
        Stream.of("uptime", "freshness", "fillRate", "rejects", "gaps", "latency")
            .flatMap(name -> weights.findNumber(name).stream())
            .toList();
    return values.size() < 6
        ? null
        : new RouterParameters.Weights(
            values.get(0),
            values.get(1),
            values.get(2),
            values.get(3),
            values.get(4),
            values.get(5));
  }

  private static PolicyChange.Sizing sizing(Members sizing) {
    return new PolicyChange.Sizing(
        sizing.findDecimal("targetNotional").orElse(null),
        sizing.findDecimal("rebalanceNotional").orElse(null),
        sizing.findInteger("cooldownMs").orElse(null),
        sizing.findNumber("targetVol").orElse(null),
        sizing.findNumber("kellyFraction").orElse(null),
        sizing.findNumber("kellyFloor").orElse(null),
        whole(sizing, "participationPercent"));
  }

  private static PolicyChange.Guards guards(Members guards) {
    return new PolicyChange.Guards(
        guards.findDecimal("maxNotional").orElse(null),
        guards.findDecimal("maxExposure").orElse(null),
        whole(guards, "maxOrdersPerSecond"));
  }

  private static PolicyChange.Alphas alphas(Members alphas) {
    return new PolicyChange.Alphas(
        alphas
            .findPartOf("momentum")
            .map(
                momentum ->
                    new PolicyChange.Momentum(
                        whole(momentum, "lookBackSeconds"),
                        momentum.findNumber("enter").orElse(null),
                        momentum.findNumber("exit").orElse(null)))
            .orElse(null));
  }

  private static @Nullable Integer whole(Members members, String name) {
    return members.findInteger(name).map(Math::toIntExact).orElse(null);
  }
}
