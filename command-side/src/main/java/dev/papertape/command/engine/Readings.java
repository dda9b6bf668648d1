package dev.papertape.command.engine;

import dev.papertape.command.engine.BookReading.Level;
import dev.papertape.command.engine.EngineCommand.ReadBook;
import dev.papertape.command.engine.EngineStatus.FeedStatus;
import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.OrderBook;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies of what the engine's thread owns, for others to look at. */
final class Readings {
  private Readings() {}

  static void book(MarketState market, ReadBook read, @Nullable Instant feedTime) {
    BookView view = market.book(read.venue(), read.symbol());
    if (feedTime == null || view == null) {
      read.refuse(new EngineUnavailable.NoMarketYet());
      return;
    }
    OrderBook book = view.book();
    read.reading()
        .complete(
            new BookReading(
                levels(book, BookSide.BID, read.depth()),
                levels(book, BookSide.ASK, read.depth()),
                view.sequence(),
                view.checksum(),
                view.state(feedTime),
                view.exchangeTime(),
                view.receivedAt(),
                view.verifiedPercent(),
                feedTime));
  }

  static EngineStatus status(
      MarketState market, long frames, @Nullable Instant feedTime, long openOrders) {
    List<FeedStatus> feeds = new ArrayList<>();
    if (feedTime != null) {
      for (Symbol symbol : market.symbols()) {
        for (BookView view : market.books(symbol)) {
          feeds.add(feed(view, feedTime));
        }
      }
    }
    return new EngineStatus(frames, feedTime, openOrders, List.copyOf(feeds));
  }

  private static FeedStatus feed(BookView view, Instant feedTime) {
    return new FeedStatus(
        view.instrument().venue(),
        view.instrument().symbol(),
        view.state(feedTime),
        view.receivedAt(),
        view.messages(),
        view.brokenMessages(),
        view.timesUnsettled(),
        view.verifiedPercent());
  }

  private static List<Level> levels(OrderBook book, BookSide side, int depth) {
    int count = Math.min(depth, book.levels(side));
    List<Level> levels = new ArrayList<>(count);
    for (int level = 0; level < count; level++) {
      levels.add(
          new Level(
              book.scale().price(book.price(side, level)),
              book.scale().quantity(book.quantity(side, level))));
    }
    return List.copyOf(levels);
  }
}
