package dev.papertape.command.regime;

/**
 * The features over bars. Running values: a bar costs the same however many came before, and none
 * looks ahead.
 */
final class BarFigures {
  private static final double SHORT = 0.2;
  private static final double LONG = 1.0 / 120;
  private static final int TREND_BARS = 5;

  private final Ewma shortVariance = new Ewma(SHORT);
  private final Ewma longVariance;
  private final Ewma drift = new Ewma(2.0 / (TREND_BARS + 1));
  private final DirectionalIndex adx = new DirectionalIndex();
  private final Choppiness chop = new Choppiness();
  private final VarianceRatio varianceRatio = new VarianceRatio();
  private int bars;

  /**
   * @param longVariance goes on over an outage: what is usual does not change by it
   */
  private BarFigures(Ewma longVariance) {
    this.longVariance = longVariance;
  }

  static BarFigures fresh() {
    return new BarFigures(new Ewma(LONG));
  }

  /** After a hole in the bars: no return, range or average reaches over it. */
  BarFigures broken() {
    return new BarFigures(longVariance);
  }

  void add(RegimeBar before, RegimeBar bar, double logReturn) {
    bars++;
    double square = logReturn * logReturn;
    shortVariance.add(square);
    longVariance.add(square);
    drift.add(logReturn);
    adx.add(before, bar);
    chop.add(before, bar);
    varianceRatio.add(logReturn);
  }

  /** Returns seen since the last hole. */
  int size() {
    return bars;
  }

  /** Usual standard deviation of one bar's log return; NaN before the first. */
  double deviation() {
    return Math.sqrt(longVariance.value());
  }

  /** Costs a look at 60 returns, so it is asked for only where it is shown. */
  double varianceRatio() {
    return varianceRatio.value();
  }

  RegimeReadings readings(double drawdownSpeed, SpreadGauge spread) {
    double deviation = deviation();
    boolean moves = deviation > 0;
    return new RegimeReadings(
        moves ? Math.sqrt(shortVariance.value()) / deviation : Double.NaN,
        adx.value(),
        chop.value(),
        moves ? drift.value() * Math.sqrt(TREND_BARS) / deviation : Double.NaN,
        drawdownSpeed,
        spread.bps(),
        spread.ratio());
  }
}
