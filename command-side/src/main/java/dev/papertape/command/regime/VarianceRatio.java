package dev.papertape.command.regime;

/**
 * Lo and MacKinlay's variance ratio over the newest 60 returns: mean square of overlapping sums of
 * 5 by 5 times the mean square of single ones. 1 for a random walk, more where moves go on.
 */
final class VarianceRatio {
  private static final int RETURNS = 60;
  private static final int SUMMED = 5;

  private final double[] ring = new double[RETURNS];
  private long count;

  void add(double logReturn) {
    ring[(int) (count++ % RETURNS)] = logReturn;
  }

  /** NaN before 60 returns, and in a market that stands still. */
  double value() {
    if (count < RETURNS) {
      return Double.NaN;
    }
    double single = 0;
    double summed = 0;
    double sum = 0;
    for (int i = 0; i < RETURNS; i++) {
      double step = at(i);
      single += step * step;
      sum += step - (i >= SUMMED ? at(i - SUMMED) : 0);
      if (i >= SUMMED - 1) {
        summed += sum * sum;
      }
    }
    double meanSingle = single / RETURNS;
    double meanSummed = summed / (RETURNS - SUMMED + 1);
    return meanSingle == 0 ? Double.NaN : meanSummed / (SUMMED * meanSingle);
  }

  /** Oldest at 0. */
  private double at(int index) {
    return ring[(int) ((count + index) % RETURNS)];
  }
}
