package dev.papertape.simulator.market;

import dev.papertape.simulator.config.Listing;
import java.util.Optional;

/**
 * Trades of the time before the start, some seconds at a time: a full order flow of a day would
 * take minutes to compute. Counts and sizes match the live flow's usual ones, so that volume does
 * not jump where the history ends.
 */
final class BackfillFlow {

  /** Live taker orders leave this many fills each. */
  private static final double FILLS_PER_ORDER = 1.2;

  /**
   * Informed takers' fills a second where volatility in one second equals the spread; they grow
   * with the cube of that ratio. Both measured on the live flow of the default venues.
   */
  private static final double INFORMED_FILLS_PER_SECOND = 3.5;

  private static final double INFORMED_TOUCH_SHARE = 0.25;

  record Fill(long ticks, long lots, boolean buyerIsMaker, int count) {}

  private final QuoteShape shape;
  private final Draws draws;
  private final double ordersPerSecond;
  private final double informedPerSecond;
  private final double touchNotional;

  /**
   * @param volatilityBps of the venue's own fair price, basis points per square root second
   */
  BackfillFlow(Listing listing, double volatilityBps, Draws draws) {
    this.shape = new QuoteShape(listing);
    this.draws = draws;
    this.ordersPerSecond = listing.marketOrdersPerSecond();
    this.informedPerSecond =
        INFORMED_FILLS_PER_SECOND * StrictMath.pow(volatilityBps / listing.spreadBps(), 3);
    this.touchNotional = listing.touchNotional();
  }

  Optional<Fill> trade(double fairPrice, Mood mood, double seconds) {
    double fair = shape.ticksOf(fairPrice);
    double orders = ordersPerSecond * mood.flow();
    double informed = informedPerSecond * mood.flow();
    int count = draws.nextCount((orders * FILLS_PER_ORDER + informed) * seconds);
    boolean sold = !draws.chance(mood.buyProbability());
    double size = draws.nextSize(0.5);
    if (count == 0) {
      return Optional.empty();
    }
    double notionalPerSecond =
        touchNotional * (orders * QuoteShape.MEAN_TAKER_SHARE + informed * INFORMED_TOUCH_SHARE);
    long ticks = shape.target(sold ? Side.BID : Side.ASK, fair, mood);
    long lots = shape.lots(notionalPerSecond * seconds * size, fair);
    return Optional.of(new Fill(Math.max(1, ticks), lots, sold, count));
  }
}
