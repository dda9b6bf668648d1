package dev.papertape.command.regime;

/**
 * An exponentially weighted mean whose first values weigh alike, as in a plain mean: weight {@code
 * max(1/n, weight)} for the n-th value.
 */
final class Ewma {
  private final double weight;
  private long count;
  private double value = Double.NaN;

  Ewma(double weight) {
    this.weight = weight;
  }

  void add(double sample) {
    count++;
    double share = Math.max(weight, 1.0 / count);
    value = count == 1 ? sample : value + share * (sample - value);
  }

  /** NaN before the first value. */
  double value() {
    return value;
  }

  long count() {
    return count;
  }
}
