package dev.papertape.command.regime;

import dev.papertape.contracts.regime.VolatilityState;
import org.jspecify.annotations.Nullable;

/**
 * The volatility model as time goes on: fitted on past returns only, then filtered forward until
 * the next fit. Fits fall after 120, 240 and 480 returns, then at the first return of each block of
 * {@value #BLOCK} bars since the epoch, on the newest {@value #WINDOW}. Blocks are of the calendar
 * and each fit begins anew, so an engine that starts over from two thousand bars has the model that
 * it would have had.
 */
final class WalkForward {
  static final int WINDOW = 600;
  static final int BLOCK = 1_200;
  private static final int MOST_STEPS = 15;

  /** Log-likelihood: what a step must gain for another to follow. */
  private static final double GAIN = 0.01;

  private final double[] ring = new double[WINDOW];
  private long count;
  private long block = Long.MIN_VALUE;
  private @Nullable VolatilityModel model;
  private @Nullable VolatilityState state;
  private String fingerprint = "";

  /**
   * The next return.
   *
   * @param bar number of its bar since the epoch
   * @return whether a fit fell at it
   */
  boolean add(double logReturn, long bar) {
    ring[(int) (count++ % WINDOW)] = logReturn;
    long now = Math.floorDiv(bar, BLOCK);
    boolean due = count == 120 || count == 240 || count == 480 || (count >= WINDOW && now > block);
    block = Math.max(block, now);
    if (due) {
      fit();
    } else if (model != null) {
      state = model.next(state, logReturn);
    }
    return due;
  }

  private void fit() {
    double[] window = new double[(int) Math.min(count, WINDOW)];
    for (int i = 0; i < window.length; i++) {
      window[i] = ring[(int) ((count - window.length + i) % WINDOW)];
    }
    BaumWelch fit = BaumWelch.over(window);
    if (fit == null) {
      return;
    }
    VolatilityModel fitted = fit.fit(MOST_STEPS, GAIN);
    VolatilityState filtered = null;
    for (double each : window) {
      filtered = fitted.next(filtered, each);
    }
    model = fitted;
    state = filtered;
    fingerprint = fitted.fingerprint();
  }

  /** By the forward filter; null before the first fit. */
  @Nullable VolatilityState state() {
    return state;
  }

  /** Probability of TURBULENT; NaN before the first fit, and where it is no state of its own. */
  double turbulence() {
    return state == null || model == null || !model.isTurbulenceApart()
        ? Double.NaN
        : state.turbulent();
  }

  /** Of the model, empty before the first fit. */
  String fingerprint() {
    return fingerprint;
  }
}
