package dev.papertape.command.deploy;

import dev.papertape.command.alpha.MomentumAlpha;
import dev.papertape.command.guards.GuardLimits;
import dev.papertape.command.router.QosWeights;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.command.sizing.SizingPolicy;
import dev.papertape.contracts.deploy.AlphaParameters;
import dev.papertape.contracts.deploy.GuardParameters;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.RouterParameters;

/**
 * A release as the engine works under it: one value, swapped as a whole between two decisions.
 *
 * @param release its name, in every decision
 * @param router how orders are routed, filled and measured
 * @param limits of the pre-trade guards
 * @param sizing of what the alphas hold together
 * @param alpha parameters of the built-in momentum alpha
 */
public record ReleasePolicy(
    String release,
    RouterPolicy router,
    GuardLimits limits,
    SizingPolicy sizing,
    MomentumAlpha.Parameters alpha) {

  /** What a fresh start works under, by its configured name. */
  public static ReleasePolicy baseline(String release) {
    return new ReleasePolicy(
        release,
        RouterPolicy.DEFAULT,
        GuardLimits.DEFAULT,
        SizingPolicy.DEFAULT,
        MomentumAlpha.Parameters.DEFAULT);
  }

  /**
   * The release of a recorded bundle.
   *
   * @throws IllegalArgumentException with one sentence if one of its values cannot be worked under
   */
  public static ReleasePolicy of(PolicyBundle bundle) {
    RouterParameters router = bundle.router();
    RouterParameters.Weights weights = router.weights();
    GuardParameters guards = bundle.guards();
    AlphaParameters.Momentum momentum = bundle.alphas().momentum();
    return new ReleasePolicy(
        bundle.release(),
        new RouterPolicy(
            router.version(),
            router.maxAgeMs(),
            router.retryCostBps(),
            router.adverseMoveSigmas(),
            router.participationPercent(),
            router.latencyScaleMs(),
            new QosWeights(
                weights.uptime(),
                weights.freshness(),
                weights.fillRate(),
                weights.rejects(),
                weights.gaps(),
                weights.latency()),
            router.qosHalfLifeMs()),
        new GuardLimits(guards.maxNotional(), guards.maxExposure(), guards.maxOrdersPerSecond()),
        SizingPolicy.of(bundle.sizing()),
        new MomentumAlpha.Parameters(
            momentum.lookBackSeconds(), momentum.enter(), momentum.exit()));
  }

  /** As events hold it. */
  public PolicyBundle bundle() {
    QosWeights weights = router.weights();
    return new PolicyBundle(
        release,
        new RouterParameters(
            router.version(),
            router.maxAgeMs(),
            router.retryCostBps(),
            router.adverseMoveSigmas(),
            router.participationPercent(),
            router.latencyScaleMs(),
            new RouterParameters.Weights(
                weights.uptime(),
                weights.freshness(),
                weights.fillRate(),
                weights.rejects(),
                weights.gaps(),
                weights.latency()),
            router.qosHalfLifeMs()),
        sizing.parameters(),
        new GuardParameters(
            limits.maxNotional(), limits.maxExposure(), limits.maxOrdersPerSecond()),
        new AlphaParameters(
            new AlphaParameters.Momentum(alpha.lookBackSeconds(), alpha.enter(), alpha.exit())));
  }

  /** The same release with other limits of the guards. */
  public ReleasePolicy with(GuardLimits otherLimits) {
    return new ReleasePolicy(release, router, otherLimits, sizing, alpha);
  }

  /** The same release with other sizes. */
  public ReleasePolicy with(SizingPolicy otherSizing) {
    return new ReleasePolicy(release, router, limits, otherSizing, alpha);
  }
}
