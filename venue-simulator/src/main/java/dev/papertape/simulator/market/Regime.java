package dev.papertape.simulator.market;

/**
 * The labelled states of the whole market. Volatility, spread, depth and flow are multiples of the
 * usual; drift is that of the common factor.
 */
public enum Regime {
  TREND_UP(1.0, 0.10, 1.0, 1.0, 1.2, 600),
  TREND_DOWN(1.0, -0.10, 1.0, 1.0, 1.2, 600),
  CHOP(0.7, 0.0, 0.9, 1.1, 0.8, 900),
  HIGH_VOL(2.2, 0.0, 1.6, 0.7, 2.0, 420),
  STRESS(3.0, -0.35, 3.0, 0.35, 3.0, 120);

  private static final double[][] NEXT = {
    // TREND_UP, TREND_DOWN, CHOP, HIGH_VOL, STRESS
    {0.00, 0.15, 0.60, 0.22, 0.03},
    {0.15, 0.00, 0.55, 0.22, 0.08},
    {0.38, 0.38, 0.00, 0.20, 0.04},
    {0.20, 0.20, 0.45, 0.00, 0.15},
    {0.15, 0.15, 0.10, 0.60, 0.00},
  };

  private final double volatility;
  private final double driftBpsPerSecond;
  private final double spread;
  private final double depth;
  private final double flow;
  private final double meanDwellSeconds;

  Regime(
      double volatility,
      double driftBpsPerSecond,
      double spread,
      double depth,
      double flow,
      double meanDwellSeconds) {
    this.volatility = volatility;
    this.driftBpsPerSecond = driftBpsPerSecond;
    this.spread = spread;
    this.depth = depth;
    this.flow = flow;
    this.meanDwellSeconds = meanDwellSeconds;
  }

  double volatility() {
    return volatility;
  }

  double driftBpsPerSecond() {
    return driftBpsPerSecond;
  }

  double meanDwellSeconds() {
    return meanDwellSeconds;
  }

  Mood mood() {
    return new Mood(spread, depth, flow, driftBpsPerSecond);
  }

  /** The regime after this one, for a uniform draw in [0, 1). */
  Regime next(double draw) {
    double[] row = NEXT[ordinal()];
    double cumulated = 0;
    for (Regime candidate : values()) {
      cumulated += row[candidate.ordinal()];
      if (draw < cumulated) {
        return candidate;
      }
    }
    // the rows add up to 1 only up to rounding
    return this == CHOP ? TREND_UP : CHOP;
  }
}
