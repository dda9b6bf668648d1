package dev.papertape.command.regime;

/** The spread of some seconds beside that of some hours, from one sample a second. */
final class SpreadGauge {
  /** A half-life of 5 s: one odd book of one second is no stress. */
  private static final double NOW = weight(5);

  /** A half-life of an hour. */
  private static final double USUAL = weight(3_600);

  /** Before a minute of samples nothing is usual. */
  private static final int WARM_UP = 60;

  /** What a sample counts at most, in usual spreads: a jump is noticed before it is usual. */
  private static final double MOST = 1.5;

  private final Ewma now = new Ewma(NOW);
  private final Ewma usual = new Ewma(USUAL);

  private static double weight(double halfLife) {
    return 1 - StrictMath.pow(2, -1 / halfLife);
  }

  /**
   * @param isUsual whether it counts as usual: a long stress must not become so
   */
  void add(double spreadBps, boolean isUsual) {
    now.add(spreadBps);
    if (isUsual) {
      usual.add(usual.count() < WARM_UP ? spreadBps : Math.min(spreadBps, MOST * usual.value()));
    }
  }

  double bps() {
    return now.value();
  }

  /** NaN while nothing is usual. */
  double ratio() {
    return usual.count() < WARM_UP || usual.value() <= 0 ? Double.NaN : now.value() / usual.value();
  }
}
