package dev.papertape.command.population;

import org.jspecify.annotations.Nullable;

/**
 * Returns of one generation by their running moments (Welford 1962): number, mean and sum of
 * squared deviations.
 */
final class Returns {
  private long count;
  private double mean;
  private double sumSquares;

  Returns() {}

  /** As they were left. */
  Returns(long count, double mean, double sumSquares) {
    this.count = count;
    this.mean = mean;
    this.sumSquares = sumSquares;
  }

  void add(double value) {
    count++;
    double distance = value - mean;
    mean += distance / count;
    sumSquares += distance * (value - mean);
  }

  /**
   * Mean over standard deviation (n − 1), not annualised; null with fewer than {@code minSamples}
   * or two returns, and without deviation.
   */
  @Nullable Double sharpe(int minSamples) {
    if (count < Math.max(2, minSamples)) {
      return null;
    }
    double deviation = Math.sqrt(sumSquares / (count - 1));
    double ratio = mean / deviation;
    return deviation > 0 && Double.isFinite(ratio) ? (Double) ratio : null;
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  double sumSquares() {
    return sumSquares;
  }
}
