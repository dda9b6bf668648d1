package dev.papertape.simulator.market;

import dev.papertape.simulator.config.Listing;
import java.util.OptionalLong;

/**
 * Makers and takers of one listing. Each step: informed takers hit quotes that the fair price has
 * run through and makers pull the rest of them; uninformed takers trade at random; makers follow
 * the fair price at the touch and add, change and cancel behind it. After a step every bid is below
 * the fair price and every ask above it, so the book never crosses.
 */
final class OrderFlow {

  private static final double INFORMED_SHARE = 0.5;
  private static final int MOST_LEVELS_TAKEN = 4;
  private static final double REQUOTES_PER_SECOND = 25;
  private static final double TIGHT_CANCELS_PER_SECOND = 8;
  private static final double QUOTE_LIFETIME_SECONDS = 4;

  private final LevelBook book;
  private final QuoteShape shape;
  private final Draws draws;
  private final Prints prints;
  private final int usualLevels;
  private final double marketOrdersPerSecond;

  OrderFlow(Listing listing, LevelBook book, Draws draws, Prints prints) {
    this.book = book;
    this.shape = new QuoteShape(listing);
    this.draws = draws;
    this.prints = prints;
    this.usualLevels = listing.levels();
    this.marketOrdersPerSecond = listing.marketOrdersPerSecond();
  }

  /**
   * @param fairPrice the venue's own, quote currency
   * @param seconds length of the step
   */
  void step(double fairPrice, Mood mood, double seconds) {
    double fair = shape.ticksOf(fairPrice);
    for (Side side : Side.values()) {
      clearStale(side, fair);
    }
    takeAtRandom(fair, mood, seconds);
    for (Side side : Side.values()) {
      followAtTouch(side, fair, mood, seconds);
      churn(side, fair, mood, seconds);
      keepInBounds(side, fair, mood);
    }
  }

  /** Informed takers take part of what became a gift; its makers cancel the rest. */
  private void clearStale(Side side, double fair) {
    long stale = 0;
    for (Level level : book.levels(side, Integer.MAX_VALUE)) {
      if (!isStale(side, level.ticks(), fair)) {
        break;
      }
      stale += level.lots();
    }
    if (stale == 0) {
      return;
    }
    long wanted = (long) Math.ceil(stale * INFORMED_SHARE * draws.nextDouble());
    take(side, wanted, Integer.MAX_VALUE);
    OptionalLong best = book.best(side);
    while (best.isPresent() && isStale(side, best.getAsLong(), fair)) {
      book.set(side, best.getAsLong(), 0);
      best = book.best(side);
    }
  }

  private static boolean isStale(Side side, long ticks, double fair) {
    return (ticks - fair) * side.betterIs() >= 0;
  }

  private void takeAtRandom(double fair, Mood mood, double seconds) {
    int orders = draws.nextCount(marketOrdersPerSecond * mood.flow() * seconds);
    for (int i = 0; i < orders; i++) {
      Side hit = draws.chance(mood.buyProbability()) ? Side.ASK : Side.BID;
      take(hit, shape.takerLots(fair, draws), MOST_LEVELS_TAKEN);
    }
  }

  /** A taker order against {@code side}; what is left after so many levels is cancelled. */
  private void take(Side side, long wanted, int levels) {
    long left = wanted;
    for (int taken = 0; taken < levels && left > 0; taken++) {
      OptionalLong best = book.best(side);
      if (best.isEmpty()) {
        return;
      }
      long ticks = best.getAsLong();
      long displayed = book.lots(side, ticks);
      long filled = Math.min(left, displayed);
      book.set(side, ticks, displayed - filled);
      prints.print(ticks, filled, side == Side.BID);
      left -= filled;
    }
  }

  private void followAtTouch(Side side, double fair, Mood mood, double seconds) {
    long target = shape.target(side, fair, mood);
    OptionalLong best = book.best(side);
    double gap = best.isEmpty() ? Double.MAX_VALUE : (target - best.getAsLong()) * side.betterIs();
    double tolerated = Math.abs(target - fair) * 0.3;
    if (gap > tolerated) {
      if (draws.chance(REQUOTES_PER_SECOND * seconds)) {
        book.set(side, target, shape.quoteLots(0, fair, mood, draws));
      }
    } else if (gap < -tolerated && draws.chance(TIGHT_CANCELS_PER_SECOND * seconds)) {
      book.set(side, best.getAsLong(), 0);
    }
  }

  /** Birth and death of quotes behind the touch, steering the number of levels to its usual. */
  private void churn(Side side, double fair, Mood mood, double seconds) {
    int events = draws.nextCount(2 * usualLevels / QUOTE_LIFETIME_SECONDS * seconds);
    for (int i = 0; i < events; i++) {
      double missing = (double) (usualLevels - book.size(side)) / usualLevels;
      if (draws.chance(Math.clamp(0.4 + missing, 0.05, 0.95))) {
        addBehind(side, fair, mood);
      } else {
        changeOne(side, fair, mood);
      }
    }
  }

  private void addBehind(Side side, double fair, Mood mood) {
    long distance = shape.distance(fair, draws);
    long ticks = shape.target(side, fair, mood) - side.betterIs() * distance;
    long lots = shape.quoteLots(distance, fair, mood, draws);
    long displayed = book.lots(side, ticks);
    if (ticks > 0) {
      book.set(side, ticks, displayed == 0 ? lots : (displayed + lots) / 2 + 1);
    }
  }

  private void changeOne(Side side, double fair, Mood mood) {
    if (book.size(side) <= 1) {
      return;
    }
    long distance = shape.distance(fair, draws);
    long aimed = shape.target(side, fair, mood) - side.betterIs() * distance;
    long ticks = book.levelAtOrBehind(side, aimed);
    boolean cancelled = draws.chance(0.6);
    book.set(side, ticks, cancelled ? 0 : shape.quoteLots(distance, fair, mood, draws));
  }

  private void keepInBounds(Side side, double fair, Mood mood) {
    long outermost = shape.outermostTicks(fair);
    while (book.size(side) > 1 && Math.abs(book.worst(side) - fair) > outermost) {
      book.set(side, book.worst(side), 0);
    }
    // on a coarse grid the band may hold fewer prices than asked for, so tries are bounded
    for (int tries = 0; tries < 4 * usualLevels && book.size(side) < usualLevels / 2; tries++) {
      addBehind(side, fair, mood);
    }
  }
}
