package dev.papertape.command.regime;

/**
 * The choppiness index of 14 bars: 100 · log(sum of true ranges / whole range) / log(14). Near 100
 * the market went nowhere, near 0 straight.
 */
final class Choppiness {
  private static final int BARS = 14;
  private static final double LOG_BARS = StrictMath.log(BARS);

  private final double[] ranges = new double[BARS];
  private final double[] highs = new double[BARS];
  private final double[] lows = new double[BARS];
  private long count;

  void add(RegimeBar before, RegimeBar bar) {
    int at = (int) (count++ % BARS);
    ranges[at] = Math.max(bar.high(), before.close()) - Math.min(bar.low(), before.close());
    highs[at] = bar.high();
    lows[at] = bar.low();
  }

  /** NaN before 14 bars, and where they have no range. */
  double value() {
    if (count < BARS) {
      return Double.NaN;
    }
    double sum = 0;
    double highest = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < BARS; i++) {
      sum += ranges[i];
      highest = Math.max(highest, highs[i]);
      lowest = Math.min(lowest, lows[i]);
    }
    return highest == lowest
        ? Double.NaN
        : 100 * StrictMath.log(sum / (highest - lowest)) / LOG_BARS;
  }
}
