package dev.papertape.contracts.report;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Simple returns per sample, as fractions, oldest first, and their statistics. Unknown ones (null,
 * NaN) are stripped first. A statistic that has too few samples, or no meaning for these, is null;
 * never NaN, never infinite. {@code periodsPerYear} is the actual number of sampling periods a
 * year.
 *
 * <p>Conventions (checked against empyrical's and ffn's reference values): deviations with ddof =
 * 1, downside deviation over all samples, {@code VaR} by linear interpolation, {@code CVaR} as the
 * mean of the lowest int((n − 1) · level) + 1 returns.
 */
public final class Returns {
  /** A deviation below this share of the largest value is rounding, not variation. */
  private static final double ROUNDING = 1e-13;

  private final double[] values;

  private Returns(double[] values) {
    this.values = values;
  }

  public static Returns of(List<? extends @Nullable Double> values) {
    return of(values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray());
  }

  /** NaN is unknown. */
  public static Returns of(double... values) {
    return new Returns(Arrays.stream(values).filter(Double::isFinite).toArray());
  }

  /** Between each two neighbours of which both are known and the earlier is positive. */
  public static Returns ofEquity(List<? extends @Nullable Double> equity) {
    double[] returns = new double[Math.max(0, equity.size() - 1)];
    for (int i = 1; i < equity.size(); i++) {
      Double before = equity.get(i - 1);
      Double after = equity.get(i);
      boolean known = before != null && after != null && before > 0;
      returns[i - 1] = known ? after / before - 1 : Double.NaN;
    }
    return of(returns);
  }

  public int samples() {
    return values.length;
  }

  /** A copy of the known returns, oldest first. */
  public double[] toArray() {
    return values.clone();
  }

  /** Null without a sample. */
  public @Nullable Double mean() {
    return values.length == 0 ? null : average();
  }

  /** std(ddof = 1) · √periodsPerYear; null below two samples. */
  public @Nullable Double volatility(double periodsPerYear) {
    return values.length < 2 ? null : deviation() * Math.sqrt(periodsPerYear);
  }

  /** mean / std(ddof = 1) · √periodsPerYear; null below two samples or without deviation. */
  public @Nullable Double sharpe(double periodsPerYear) {
    double deviation = values.length < 2 ? 0 : deviation();
    return deviation == 0 ? null : average() / deviation * Math.sqrt(periodsPerYear);
  }

  /**
   * √(Σ min(r − required, 0)² / n) · √periodsPerYear; null without a sample.
   *
   * @param required return per sample
   */
  public @Nullable Double downsideRisk(double periodsPerYear, double required) {
    return values.length == 0 ? null : downsideDeviation(required) * Math.sqrt(periodsPerYear);
  }

  /** (mean − required) / downside deviation · √periodsPerYear; null without a shortfall. */
  public @Nullable Double sortino(double periodsPerYear, double required) {
    double deviation = values.length < 2 ? 0 : downsideDeviation(required);
    return deviation == 0 ? null : (average() - required) / deviation * Math.sqrt(periodsPerYear);
  }

  /** Π (1 + r) − 1; null without a sample. */
  public @Nullable Double cumulative() {
    if (values.length == 0) {
      return null;
    }
    double wealth = 1;
    for (double value : values) {
      wealth *= 1 + value;
    }
    return wealth - 1;
  }

  /** Largest fall from a peak of the compounded wealth, its start counted as one; &le; 0. */
  public @Nullable Double maxDrawdown() {
    if (values.length == 0) {
      return null;
    }
    double wealth = 1;
    double peak = 1;
    double worst = 0;
    for (double value : values) {
      wealth *= 1 + value;
      peak = Math.max(peak, wealth);
      worst = Math.min(worst, wealth / peak - 1);
    }
    return worst;
  }

  /**
   * Percentile by linear interpolation; null without a sample.
   *
   * @param level in [0, 1]: the tail, 0.05 for the lowest twentieth
   */
  public @Nullable Double valueAtRisk(double level) {
    checkLevel(level);
    if (values.length == 0) {
      return null;
    }
    double[] sorted = sorted();
    double rank = (sorted.length - 1) * level;
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** Mean of the int((n − 1) · level) + 1 lowest returns; null without a sample. */
  public @Nullable Double conditionalValueAtRisk(double level) {
    checkLevel(level);
    if (values.length == 0) {
      return null;
    }
    int tail = (int) ((values.length - 1) * level) + 1;
    return Arrays.stream(sorted()).limit(tail).sum() / tail;
  }

  private static void checkLevel(double level) {
    if (!(level >= 0 && level <= 1)) {
      throw new IllegalArgumentException("level must be in [0, 1], is " + level);
    }
  }

  private double[] sorted() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private double average() {
    return Arrays.stream(values).sum() / values.length;
  }

  private double deviation() {
    double mean = average();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / (values.length - 1));
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    return deviation <= ROUNDING * largest ? 0 : deviation;
  }

  private double downsideDeviation(double required) {
    double squares =
        Arrays.stream(values).map(v -> Math.min(v - required, 0)).map(v -> v * v).sum();
    return Math.sqrt(squares / values.length);
  }
}
