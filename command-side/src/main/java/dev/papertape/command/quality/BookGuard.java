package dev.papertape.command.quality;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one book after each of its messages: how deep each side is, how wide the spread, how far
 * the mid jumped, against the book's own trailing medians. The medians are of everything that was
 * seen, doubted or not, so a new level becomes the usual one after half a window: never a lock-out.
 * Allocates only when it finds something.
 */
public final class BookGuard {
  private final QualityPolicy policy;
  private final SlidingMedian bidDepth;
  private final SlidingMedian askDepth;
  private final SlidingMedian spread;
  private @Nullable Scale scale;
  private long doubledMid;
  private @Nullable Instant measuredAt;

  public BookGuard(QualityPolicy policy) {
    this.policy = policy;
    this.bidDepth = new SlidingMedian(policy.window());
    this.askDepth = new SlidingMedian(policy.window());
    this.spread = new SlidingMedian(policy.window());
  }

  /** The book was discarded: what comes next is compared with no earlier mid. */
  public void forgetTop() {
    measuredAt = null;
  }

  /** Judges the book as it stands after a message; null when it passes. */
  public @Nullable Finding judge(OrderBook book, Instant receivedAt) {
    if (!policy.guards()) {
      return null;
    }
    if (book.scale() != scale) {
      rescaled(book.scale());
    }
    if (book.levels(BookSide.BID) == 0 || book.levels(BookSide.ASK) == 0) {
      return oneSided(book);
    }
    long bids = book.depth(BookSide.BID, policy.depthLevels());
    long asks = book.depth(BookSide.ASK, policy.depthLevels());
    long bid = book.price(BookSide.BID, 0);
    long ask = book.price(BookSide.ASK, 0);
    long mid = bid + ask;
    long width = hundredthsOfBps(ask - bid, mid);
    Finding found = jump(mid, receivedAt);
    found = found == null ? depth("bid", bids, bidDepth) : found;
    found = found == null ? depth("ask", asks, askDepth) : found;
    found = found == null ? width(width) : found;
    bidDepth.add(bids);
    askDepth.add(asks);
    spread.add(width);
    doubledMid = mid;
    measuredAt = receivedAt;
    return found;
  }

  private @Nullable Finding oneSided(OrderBook book) {
    if (bidDepth.size() < policy.leastSamples()) {
      return null;
    }
    boolean noBids = book.levels(BookSide.BID) == 0;
    Finding found = noBids ? depth("bid", 0, bidDepth) : depth("ask", 0, askDepth);
    bidDepth.add(book.depth(BookSide.BID, policy.depthLevels()));
    askDepth.add(book.depth(BookSide.ASK, policy.depthLevels()));
    measuredAt = null;
    return found;
  }

  private @Nullable Finding jump(long mid, Instant receivedAt) {
    Instant before = measuredAt;
    // Compared first: most messages do not move the mid, and need no look at the time.
    if (before == null
        || mid == doubledMid
        || !BookRule.TOP_JUMP.trips(mid, doubledMid, policy)
        || Duration.between(before, receivedAt).compareTo(policy.jumpWithin()) > 0) {
      return null;
    }
    return finding(BookRule.TOP_JUMP, "mid", mid, doubledMid);
  }

  private @Nullable Finding depth(String side, long value, SlidingMedian usual) {
    if (usual.size() < policy.leastSamples() || isNearAnyMedian(value, usual)) {
      return null;
    }
    long median = usual.median();
    if (BookRule.DEPTH_SPIKE.trips(value, median, policy)) {
      return finding(BookRule.DEPTH_SPIKE, side, value, median);
    }
    return BookRule.DEPTH_COLLAPSE.trips(value, median, policy)
        ? finding(BookRule.DEPTH_COLLAPSE, side, value, median)
        : null;
  }

  /** What trips for neither bound trips for no median between them. */
  private boolean isNearAnyMedian(long value, SlidingMedian usual) {
    return !BookRule.DEPTH_SPIKE.trips(value, Math.max(1, usual.atLeast()), policy)
        && !BookRule.DEPTH_COLLAPSE.trips(value, usual.atMost(), policy);
  }

  private @Nullable Finding width(long value) {
    return spread.size() >= policy.leastSamples()
            && BookRule.SPREAD_SPIKE.trips(value, spread.atLeast(), policy)
            && BookRule.SPREAD_SPIKE.trips(value, spread.median(), policy)
        ? finding(BookRule.SPREAD_SPIKE, "spread", value, spread.median())
        : null;
  }

  private static Finding finding(BookRule rule, String measured, long value, long usual) {
    return new Finding(
        Outcome.QUARANTINE,
        rule.reason(),
        "%s of %d where %d is usual".formatted(measured, value, usual),
        Map.of("measured", measured, "value", Long.toString(value), "usual", Long.toString(usual)));
  }

  /** {@code difference / mid}, the mid doubled, in hundredths of a basis point. */
  private static long hundredthsOfBps(long difference, long doubledMid) {
    return (long) (2_000_000.0 * difference / doubledMid);
  }

  private void rescaled(Scale finer) {
    scale = finer;
    bidDepth.clear();
    askDepth.clear();
    spread.clear();
    measuredAt = null;
  }
}
