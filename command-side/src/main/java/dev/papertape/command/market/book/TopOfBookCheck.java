package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.VenueInput.TopOfBook;
import dev.papertape.command.market.WireDecimal;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Compares the venue's own best bid and ask with the book's at the same update id. The quotes run
 * ahead of the depth stream, so they wait, bounded, for the update that they speak of.
 */
final class TopOfBookCheck {
  private static final int CAPACITY = 4096;

  private final ArrayDeque<TopOfBook> ahead = new ArrayDeque<>();
  private long compared;
  private long equal;

  long compared() {
    return compared;
  }

  long equal() {
    return equal;
  }

  /** A quote came; {@code bookUpdateId} is null when there is no synced book to compare with. */
  Verdict quoted(TopOfBook quote, LevelBook book, @Nullable Long bookUpdateId) {
    if (bookUpdateId != null && quote.updateId() == bookUpdateId) {
      return compare(quote, book);
    }
    if (bookUpdateId == null || quote.updateId() > bookUpdateId) {
      if (ahead.size() == CAPACITY) {
        ahead.removeFirst();
      }
      ahead.addLast(quote);
    }
    return Verdict.IN_ORDER;
  }

  /** The book reached an update. */
  Verdict reached(long updateId, LevelBook book) {
    Verdict verdict = Verdict.IN_ORDER;
    while (!ahead.isEmpty() && ahead.getFirst().updateId() <= updateId) {
      TopOfBook quote = ahead.removeFirst();
      if (quote.updateId() == updateId && !verdict.requiresResync()) {
        verdict = compare(quote, book);
      }
    }
    return verdict;
  }

  private Verdict compare(TopOfBook quote, LevelBook book) {
    compared++;
    if (matches(book, BookSide.BID, quote.bidPrice(), quote.bidQuantity())
        && matches(book, BookSide.ASK, quote.askPrice(), quote.askQuantity())) {
      equal++;
      return Verdict.IN_ORDER;
    }
    return new Verdict.Divergence(
        quote.bidPrice()
            + "x"
            + quote.bidQuantity()
            + " / "
            + quote.askPrice()
            + "x"
            + quote.askQuantity(),
        best(book, BookSide.BID) + " / " + best(book, BookSide.ASK));
  }

  private static boolean matches(
      LevelBook book, BookSide side, WireDecimal price, WireDecimal quantity) {
    return book.levels(side) > 0
        && book.scale().price(book.price(side, 0)).compareTo(price.toBigDecimal()) == 0
        && book.scale().quantity(book.quantity(side, 0)).compareTo(quantity.toBigDecimal()) == 0;
  }

  private static String best(LevelBook book, BookSide side) {
    return book.levels(side) == 0
        ? "empty"
        : book.wirePrice(side, 0) + "x" + book.wireQuantity(side, 0);
  }
}
