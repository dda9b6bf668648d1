package dev.papertape.contracts.report;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How probable it is that a Sharpe ratio is better than luck, given how many were tried (Bailey and
 * López de Prado, "The Deflated Sharpe Ratio", 2014): the probability that the true ratio is above
 * {@link #expectedMaximum}, with the estimate's error corrected for skewness and fat tails. All
 * ratios are per period, not annualised.
 */
public final class DeflatedSharpe {
  /** Euler-Mascheroni. */
  private static final double GAMMA = 0.5772156649;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private DeflatedSharpe() {}

  /**
   * SR₀ = √V · ((1 − γ) · Φ⁻¹(1 − 1/N) + γ · Φ⁻¹(1 − 1/(N·e))): the best ratio to be expected of
   * {@code trials} without skill; 0 for one trial.
   *
   * @param trials N &ge; 1
   * @param variance V of the trials' ratios, &ge; 0
   */
  public static double expectedMaximum(long trials, double variance) {
    if (trials < 1 || !(variance >= 0)) {
      throw new IllegalArgumentException("trials " + trials + ", variance " + variance);
    }
    if (trials == 1) {
      return 0;
    }
    double first = NORMAL.inverseCumulativeProbability(1 - 1.0 / trials);
    double second = NORMAL.inverseCumulativeProbability(1 - 1 / (trials * Math.E));
    return Math.sqrt(variance) * ((1 - GAMMA) * first + GAMMA * second);
  }

  /**
   * Φ((SR − SR₀) · √(T − 1) / √(1 − skew · SR + (kurt − 1)/4 · SR²)).
   *
   * @param sharpe SR per period
   * @param samples T, number of returns
   * @param kurtosis not in excess: 3 for a normal distribution
   * @param trials N &ge; 1
   * @param variance V of the trials' ratios
   * @return in [0, 1]; null below two samples, or when the moments fit no distribution
   */
  public static @Nullable Double of(
      double sharpe, long samples, double skewness, double kurtosis, long trials, double variance) {
    double spread = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe;
    if (samples < 2 || !(spread > 0)) {
      return null;
    }
    double best = expectedMaximum(trials, variance);
    return NORMAL.cumulativeProbability(
        (sharpe - best) * Math.sqrt(samples - 1) / Math.sqrt(spread));
  }

  /** Null below two samples or without deviation. */
  public static @Nullable Double of(ReturnMoments moments, long trials, double variance) {
    Double sharpe = moments.sharpe();
    Double skewness = moments.skewness();
    Double kurtosis = moments.kurtosis();
    if (sharpe == null || skewness == null || kurtosis == null) {
      return null;
    }
    return of(sharpe, moments.samples(), skewness, kurtosis, trials, variance);
  }

  /** Null below two samples or without deviation. */
  public static @Nullable Double of(Returns returns, long trials, double variance) {
    return of(ReturnMoments.of(returns.toArray()), trials, variance);
  }

  /** Φ. */
  public static double normal(double x) {
    return NORMAL.cumulativeProbability(x);
  }

  /**
   * Φ⁻¹.
   *
   * @param p in (0, 1)
   */
  public static double inverseNormal(double p) {
    return NORMAL.inverseCumulativeProbability(p);
  }
}
