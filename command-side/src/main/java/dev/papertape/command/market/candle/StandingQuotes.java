package dev.papertape.command.market.candle;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import dev.papertape.command.quality.ohlcv.Quotes;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The best prices of the engine's own book at the ends of the newest minutes, and since when they
 * stood: looked at at every tick, so that a bar that is judged late is judged beside the quotes of
 * its own time. A change that was taken back within a tick is not seen. Owned by the engine's
 * thread; a look at a book that did not move allocates nothing.
 */
public final class StandingQuotes implements Quotes {
  /** More minutes than a live bar ever waits. */
  private static final int KEPT = 64;

  private final BookView view;
  private final NavigableMap<Instant, TopOfBook> atEnds = new TreeMap<>();
  private @Nullable Instant lookedAt;
  private @Nullable Scale scale;
  private @Nullable Instant since;
  private long bid;
  private long ask;

  public StandingQuotes(BookView view) {
    this.view = view;
  }

  /** Looks at the book; at every tick. */
  void tick(Instant now) {
    Instant before = lookedAt;
    if (before != null && Minutes.after(Minutes.startOf(before)).equals(Minutes.startOf(now))) {
      keep(Minutes.startOf(now));
    }
    lookedAt = now;
    look(now);
  }

  private void keep(Instant end) {
    TopOfBook standing = standing();
    if (standing != null) {
      atEnds.put(end, standing);
    }
    if (atEnds.size() > KEPT) {
      atEnds.pollFirstEntry();
    }
  }

  private void look(Instant now) {
    OrderBook book = view.book();
    if (!isKept(now) || book.levels(BookSide.BID) == 0 || book.levels(BookSide.ASK) == 0) {
      since = null;
      return;
    }
    long bestBid = book.price(BookSide.BID, 0);
    long bestAsk = book.price(BookSide.ASK, 0);
    if (since == null || bestBid != bid || bestAsk != ask || !book.scale().equals(scale)) {
      since = now;
      scale = book.scale();
      bid = bestBid;
      ask = bestAsk;
    }
  }

  /** A silent or doubted book is what the rule is about; a broken one says nothing. */
  private boolean isKept(Instant now) {
    return switch (view.state(now)) {
      case SYNCED, SUSPECT, STALE -> true;
      case RESYNCING, UNVERIFIABLE -> false;
    };
  }

  private @Nullable TopOfBook standing() {
    Scale of = scale;
    Instant from = since;
    return of == null || from == null ? null : new TopOfBook(of.price(bid), of.price(ask), from);
  }

  @Override
  public @Nullable TopOfBook at(Instant barEnd) {
    Instant newest = lookedAt;
    // A venue whose clock is ahead of ours closes a minute before we do.
    return newest != null && barEnd.isAfter(newest) && !barEnd.isAfter(Minutes.after(newest))
        ? standing()
        : atEnds.get(barEnd);
  }
}
