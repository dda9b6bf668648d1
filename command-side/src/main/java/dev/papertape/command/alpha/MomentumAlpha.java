package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import org.jspecify.annotations.Nullable;

/**
 * Time-series momentum on the mid: the return over the look-back, measured in what a walk of the
 * same step size would have moved (mean absolute one-second return · √steps). Above {@code enter}
 * it wishes to be long, below {@code −enter} short; a wish stays until the measure falls back
 * through {@code exit}, so that noise around one threshold does not trade.
 */
public final class MomentumAlpha implements Alpha {
  /** Below this mean step, in parts of the price, a market counts as standing still (0.01 bps). */
  private static final double STILL = 1e-6;

  private final String id;
  private final Parameters parameters;

  /**
   * What an operator may tune.
   *
   * @param lookBackSeconds of the return, &ge; 2
   * @param enter strength at which a wish begins, &gt; exit &ge; 0
   * @param exit strength at which it ends
   */
  public record Parameters(int lookBackSeconds, double enter, double exit) {
    /** Ten seconds: decisions within 15 s of a start, and several reversals a minute at most. */
    public static final Parameters DEFAULT = new Parameters(10, 0.75, 0.25);

    public Parameters {
      if (lookBackSeconds < 2 || !(enter > exit) || !(exit >= 0)) {
        throw new IllegalArgumentException("needs two steps or more, and enter > exit >= 0");
      }
    }
  }

  public MomentumAlpha(String id, int lookBackSeconds, double enter, double exit) {
    this(id, new Parameters(lookBackSeconds, enter, exit));
  }

  public MomentumAlpha(String id, Parameters parameters) {
    this.id = id;
    this.parameters = parameters;
  }

  /** The strategy of a fresh start. */
  public static MomentumAlpha baseline() {
    return new MomentumAlpha("momentum", Parameters.DEFAULT);
  }

  @Override
  public MomentumAlpha tuned(Parameters tuned) {
    return new MomentumAlpha(id, tuned);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int lookBack() {
    return parameters.lookBackSeconds() + 1;
  }

  @Override
  public @Nullable Double signal(MidSeries series, FeatureReader features, double previous) {
    if (series.size() < lookBack()) {
      return null;
    }
    double strength = strength(series.newest(lookBack()));
    if (Math.abs(strength) >= parameters.enter()) {
      return Math.signum(strength);
    }
    boolean stillTrue = previous * strength > 0 && Math.abs(strength) > parameters.exit();
    return stillTrue ? previous : 0.0;
  }

  private static double strength(double[] mids) {
    int steps = mids.length - 1;
    double path = 0;
    for (int i = 1; i <= steps; i++) {
      path += Math.abs(mids[i] / mids[i - 1] - 1);
    }
    double meanStep = path / steps;
    return meanStep < STILL ? 0 : (mids[steps] / mids[0] - 1) / (meanStep * Math.sqrt(steps));
  }
}
