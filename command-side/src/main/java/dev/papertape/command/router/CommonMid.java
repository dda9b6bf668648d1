package dev.papertape.command.router;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.OrderBook;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one mid of a symbol (metrics.md): the median over its synced, fresh, uncrossed two-sided
 * books of (best bid + best ask) / 2; of an even number the mean of the two middle ones. Exact.
 */
public final class CommonMid {
  /** A median of halves is a number of quarter ticks: two more decimals hold it. */
  private static final int EXTRA_DECIMALS = 2;

  private static final long HUNDREDTHS_PER_QUARTER = 25;

  private CommonMid() {}

  /** Null when no venue qualifies. All books are of one symbol, so they share a scale. */
  public static @Nullable BigDecimal of(
      List<? extends BookView> views, Instant feedTime, long maxAgeMs) {
    long[] doubledMids = new long[views.size()];
    int count = 0;
    for (BookView view : views) {
      if (qualifies(view, feedTime, maxAgeMs)) {
        OrderBook book = view.book();
        doubledMids[count++] = book.price(BookSide.BID, 0) + book.price(BookSide.ASK, 0);
      }
    }
    if (count == 0) {
      return null;
    }
    Arrays.sort(doubledMids, 0, count);
    long quarterTicks = doubledMids[(count - 1) / 2] + doubledMids[count / 2];
    int decimals = views.getFirst().book().scale().priceDecimals() + EXTRA_DECIMALS;
    return Decimals.tidy(
        BigDecimal.valueOf(Math.multiplyExact(quarterTicks, HUNDREDTHS_PER_QUARTER), decimals));
  }

  /** The books that take part in the mid. */
  public static <V extends BookView> List<V> qualifying(
      List<V> views, Instant feedTime, long maxAgeMs) {
    return views.stream().filter(view -> qualifies(view, feedTime, maxAgeMs)).toList();
  }

  private static boolean qualifies(BookView view, Instant feedTime, long maxAgeMs) {
    Instant receivedAt = view.receivedAt();
    OrderBook book = view.book();
    return view.state(feedTime) == BookState.SYNCED
        && receivedAt != null
        && Duration.between(receivedAt, feedTime).toMillis() <= maxAgeMs
        && book.levels(BookSide.BID) > 0
        && book.levels(BookSide.ASK) > 0
        && book.price(BookSide.BID, 0) <= book.price(BookSide.ASK, 0);
  }
}
