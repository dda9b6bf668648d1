package dev.papertape.simulator.market;

/**
 * A venue's own price beside the common one: an Ornstein-Uhlenbeck process in basis points, so that
 * for seconds at a time one venue is cheaper than another, and never for good.
 */
final class VenueDeviation {

  private static final double HALF_LIFE_SECONDS = 4;
  private static final double REVERSION = StrictMath.log(2) / HALF_LIFE_SECONDS;

  private final Draws draws;
  private final double standardDeviationBps;
  private double bps;

  VenueDeviation(Draws draws, double standardDeviationBps) {
    this.draws = draws;
    this.standardDeviationBps = standardDeviationBps;
  }

  /** How much the deviation alone moves the venue's price over short times. */
  double noisePerRootSecond() {
    return standardDeviationBps * StrictMath.sqrt(2 * REVERSION);
  }

  /** The exact transition of the process, so that the length of a step changes no statistics. */
  double advance(double seconds) {
    double kept = StrictMath.exp(-REVERSION * seconds);
    double noise = standardDeviationBps * StrictMath.sqrt(1 - kept * kept);
    bps = bps * kept + noise * draws.nextGaussian();
    return bps;
  }
}
