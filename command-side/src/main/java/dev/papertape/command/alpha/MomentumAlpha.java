package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time-series momentum (Moskowitz, Ooi, Pedersen 2012) on the mid: the log return over the
 * look-back, measured in what a walk of the same step size would have moved (mean absolute one-step
 * return · √steps). Above {@code enter} it wishes to be long, below {@code −enter} short; a wish
 * stays until the measure falls back through {@code exit}. Odd in the log returns.
 */
public final class MomentumAlpha implements Alpha {
  /** Below this mean step, in parts of the price, a market counts as standing still (0.01 bps). */
  private static final double STILL = 1e-6;

  private final String id;
  private final Parameters parameters;

  /**
   * What an operator may tune.
   *
   * @param lookBackSeconds samples of the return, &ge; 2; a sample a second but in backtests
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
  public String id() {
    return id;
  }

  @Override
  public AlphaKind kind() {
    return AlphaKind.MOMENTUM;
  }

  @Override
  public int lookBack() {
    return parameters.lookBackSeconds() + 1;
  }

  @Override
  public List<String> features() {
    return List.of();
  }

  @Override
  public @Nullable Double signal(AlphaMoment now) {
    if (now.mids().size() < lookBack()) {
      return null;
    }
    double strength = strength(now.mids().newestLogs(lookBack()));
    return Hysteresis.wish(strength, parameters.enter(), parameters.exit(), now.previous());
  }

  private static double strength(double[] logs) {
    int steps = logs.length - 1;
    double path = 0;
    for (int i = 1; i <= steps; i++) {
      path += Math.abs(logs[i] - logs[i - 1]);
    }
    double meanStep = path / steps;
    return meanStep < STILL ? 0 : (logs[steps] - logs[0]) / (meanStep * Math.sqrt(steps));
  }
}
