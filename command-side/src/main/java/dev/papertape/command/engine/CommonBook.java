package dev.papertape.command.engine;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.OrderBook;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What the books that take part in the common mid say of trading now.
 *
 * @param displayed base units on the thinner side of all of them, first twenty levels
 * @param halfSpread median of half their spreads, quote units
 * @param takerFeeBps median of their taker fees
 */
record CommonBook(BigDecimal displayed, BigDecimal halfSpread, double takerFeeBps) {
  private static final int LEVELS = 20;
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /**
   * @param books of one symbol, at least one, two-sided
   */
  static CommonBook of(List<? extends BookView> books) {
    var scale = books.getFirst().book().scale();
    long bids = 0;
    long asks = 0;
    for (BookView view : books) {
      bids += quantity(view.book(), BookSide.BID);
      asks += quantity(view.book(), BookSide.ASK);
    }
    ToLongFunction<BookView> spread =
        view -> view.book().price(BookSide.ASK, 0) - view.book().price(BookSide.BID, 0);
    long[] spreads = books.stream().mapToLong(spread).sorted().toArray();
    ToDoubleFunction<BookView> fee = view -> view.instrument().fees().takerBps();
    double[] fees = books.stream().mapToDouble(fee).toArray();
    Arrays.sort(fees);
    return new CommonBook(
        scale.quantity(Math.min(bids, asks)),
        scale.price(spreads[spreads.length / 2]).multiply(HALF),
        fees[fees.length / 2]);
  }

  private static long quantity(OrderBook book, BookSide side) {
    long sum = 0;
    for (int level = 0; level < Math.min(LEVELS, book.levels(side)); level++) {
      sum += book.quantity(side, level);
    }
    return sum;
  }
}
