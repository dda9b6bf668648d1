package dev.papertape.contracts.deploy;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a candidate does otherwise than the active release; what is null stays as it is. */
public record PolicyChange(
    @Nullable Router router,
    @Nullable Sizing sizing,
    @Nullable Guards guards,
    @Nullable Alphas alphas) {
  /** Nothing. */
  public static final PolicyChange NONE = new PolicyChange(null, null, null, null);

  /** See {@link RouterParameters}; its version follows from the release's name. */
  public record Router(
      @Nullable Long maxAgeMs,
      @Nullable Double retryCostBps,
      @Nullable Double adverseMoveSigmas,
      @Nullable Integer participationPercent,
      @Nullable Double latencyScaleMs,
      RouterParameters.@Nullable Weights weights,
      @Nullable Long qosHalfLifeMs) {
    RouterParameters over(RouterParameters base, String release) {
      RouterParameters changed =
          new RouterParameters(
              base.version(),
              or(maxAgeMs, base.maxAgeMs()),
              or(retryCostBps, base.retryCostBps()),
              or(adverseMoveSigmas, base.adverseMoveSigmas()),
              or(participationPercent, base.participationPercent()),
              or(latencyScaleMs, base.latencyScaleMs()),
              or(weights, base.weights()),
              or(qosHalfLifeMs, base.qosHalfLifeMs()));
      return changed.equals(base) ? base : changed.named(release);
    }
  }

  /** See {@link SizingParameters}. */
  public record Sizing(
      @Nullable BigDecimal targetNotional,
      @Nullable BigDecimal rebalanceNotional,
      @Nullable Long cooldownMs,
      @Nullable Double targetVol,
      @Nullable Double kellyFraction,
      @Nullable Double kellyFloor,
      @Nullable Integer participationPercent) {
    SizingParameters over(SizingParameters base) {
      return new SizingParameters(
          or(targetNotional, base.targetNotional()),
          or(rebalanceNotional, base.rebalanceNotional()),
          or(cooldownMs, base.cooldownMs()),
          or(targetVol, base.targetVol()),
          or(kellyFraction, base.kellyFraction()),
          or(kellyFloor, base.kellyFloor()),
          or(participationPercent, base.participationPercent()));
    }
  }

  /** See {@link GuardParameters}. */
  public record Guards(
      @Nullable BigDecimal maxNotional,
      @Nullable BigDecimal maxExposure,
      @Nullable Integer maxOrdersPerSecond) {
    GuardParameters over(GuardParameters base) {
      return new GuardParameters(
          or(maxNotional, base.maxNotional()),
          or(maxExposure, base.maxExposure()),
          or(maxOrdersPerSecond, base.maxOrdersPerSecond()));
    }
  }

  /** See {@link AlphaParameters}. */
  public record Alphas(@Nullable Momentum momentum) {
    AlphaParameters over(AlphaParameters base) {
      return momentum == null ? base : new AlphaParameters(momentum.over(base.momentum()));
    }
  }

  /** See {@link AlphaParameters.Momentum}. */
  public record Momentum(
      @Nullable Integer lookBackSeconds, @Nullable Double enter, @Nullable Double exit) {
    AlphaParameters.Momentum over(AlphaParameters.Momentum base) {
      return new AlphaParameters.Momentum(
          or(lookBackSeconds, base.lookBackSeconds()),
          or(enter, base.enter()),
          or(exit, base.exit()));
    }
  }

  /** The whole bundle. Router values that differ from the base's go by the release's name. */
  public PolicyBundle over(PolicyBundle base, String release) {
    return new PolicyBundle(
        release,
        router == null ? base.router() : router.over(base.router(), release),
        sizing == null ? base.sizing() : sizing.over(base.sizing()),
        guards == null ? base.guards() : guards.over(base.guards()),
        alphas == null ? base.alphas() : alphas.over(base.alphas()));
  }

  private static <T> T or(@Nullable T changed, T base) {
    return Objects.requireNonNullElse(changed, base);
  }
}
