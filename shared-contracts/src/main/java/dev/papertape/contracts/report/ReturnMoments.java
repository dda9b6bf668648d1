package dev.papertape.contracts.report;

import org.jspecify.annotations.Nullable;

/**
 * Moments of returns that can be added to one by one and merged (Pébay, SAND2008-6212).
 *
 * @param samples number of returns, &ge; 0
 * @param mean of the returns
 * @param squares Σ (r − mean)²
 * @param cubes Σ (r − mean)³
 * @param fourths Σ (r − mean)⁴
 */
public record ReturnMoments(
    long samples, double mean, double squares, double cubes, double fourths) {
  public static final ReturnMoments NONE = new ReturnMoments(0, 0, 0, 0, 0);

  private static final double ROUNDING = 1e-24;

  /** Finite ones only. */
  public static ReturnMoments of(double... returns) {
    ReturnMoments moments = NONE;
    for (double value : returns) {
      moments = moments.plus(value);
    }
    return moments;
  }

  /**
   * @throws IllegalArgumentException for what is not finite
   */
  public ReturnMoments plus(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a return: " + value);
    }
    return plus(new ReturnMoments(1, value, 0, 0, 0));
  }

  /** As if the returns of both had been added to one. */
  public ReturnMoments plus(ReturnMoments other) {
    if (samples == 0 || other.samples == 0) {
      return samples == 0 ? other : this;
    }
    double a = samples;
    double b = other.samples;
    double n = a + b;
    double delta = other.mean - mean;
    double part = delta / n;
    double square = delta * part * a * b;
    return new ReturnMoments(
        samples + other.samples,
        mean + part * b,
        squares + other.squares + square,
        cubes
            + other.cubes
            + square * part * (a - b)
            + 3 * part * (a * other.squares - b * squares),
        fourths
            + other.fourths
            + square * part * part * (a * a - a * b + b * b)
            + 6 * part * part * (a * a * other.squares + b * b * squares)
            + 4 * part * (a * other.cubes - b * cubes));
  }

  /** mean / std(ddof = 1), per period; null below two samples or without deviation. */
  public @Nullable Double sharpe() {
    return isFlat() ? null : mean / Math.sqrt(squares / (samples - 1));
  }

  /** Of the population: m₃ / m₂^1.5; null below two samples or without deviation. */
  public @Nullable Double skewness() {
    double variance = squares / samples;
    return isFlat() ? null : cubes / samples / (variance * Math.sqrt(variance));
  }

  /** Of the population, not in excess: m₄ / m₂²; null below two samples or without deviation. */
  public @Nullable Double kurtosis() {
    double variance = squares / samples;
    return isFlat() ? null : fourths / samples / (variance * variance);
  }

  private boolean isFlat() {
    return samples < 2 || squares / samples <= ROUNDING * Math.max(mean * mean, Double.MIN_NORMAL);
  }
}
