package dev.papertape.simulator.market;

import dev.papertape.simulator.config.Listing;

/** Where makers of one listing quote and how much: doubles in, ticks and lots out. */
final class QuoteShape {

  private static final double BPS = 1e-4;
  private static final double NEAR_BPS = 9;
  private static final double FAR_BPS = 45;
  private static final double FAR_SHARE = 0.15;
  private static final double SIZE_SIGMA = 0.8;
  static final double OUTERMOST_BPS = 160;

  private final double tick;
  private final double lot;
  private final double spreadBps;
  private final double touchNotional;

  QuoteShape(Listing listing) {
    this.tick = listing.tickSize().doubleValue();
    this.lot = listing.lotSize().doubleValue();
    this.spreadBps = listing.spreadBps();
    this.touchNotional = listing.touchNotional();
  }

  double ticksOf(double price) {
    return price / tick;
  }

  /** The price at which makers want to be best; strictly on their side of the fair one. */
  long target(Side side, double fairTicks, Mood mood) {
    double half = Math.max(0.5, fairTicks * spreadBps * mood.spread() * BPS / 2);
    return (long) (side == Side.BID ? Math.floor(fairTicks - half) : Math.ceil(fairTicks + half));
  }

  /** How far from the fair price a maker still leaves orders. */
  long outermostTicks(double fairTicks) {
    return (long) Math.ceil(fairTicks * OUTERMOST_BPS * BPS);
  }

  /** A random distance behind the target, dense near the touch with a far tail, in ticks. */
  long distance(double fairTicks, Draws draws) {
    double mean = draws.chance(FAR_SHARE) ? FAR_BPS : NEAR_BPS;
    double bps = Math.min(draws.nextExponential() * mean, OUTERMOST_BPS / 2);
    return Math.round(fairTicks * bps * BPS);
  }

  /** A random quantity for a level that far behind the target: deeper levels show more. */
  long quoteLots(long distanceTicks, double fairTicks, Mood mood, Draws draws) {
    double distanceBps = distanceTicks / fairTicks / BPS;
    double notional = touchNotional * mood.depth() * (1 + 0.4 * distanceBps / NEAR_BPS);
    return lots(notional * draws.nextSize(SIZE_SIGMA), fairTicks);
  }

  /** A random quantity for a taker: mostly a small part of what the touch shows. */
  long takerLots(double fairTicks, Draws draws) {
    return lots(touchNotional * MEAN_TAKER_SHARE * draws.nextSize(1.2), fairTicks);
  }

  static final double MEAN_TAKER_SHARE = 0.25;

  /** At least one lot. */
  long lots(double notional, double fairTicks) {
    return Math.max(1, Math.round(notional / (fairTicks * tick) / lot));
  }
}
