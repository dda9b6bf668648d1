package dev.papertape.command.chaos;

import dev.papertape.command.engine.EngineStatus;
import dev.papertape.command.engine.EngineStatus.FeedStatus;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Messages that broke books since an experiment began, of those books that no experiment was about
 * in the meantime.
 */
final class BrokenTally {
  private record Book(Venue venue, Symbol symbol) {
    static Book of(FeedStatus feed) {
      return new Book(feed.venue(), feed.symbol());
    }
  }

  private final Map<Book, Long> atBegin = new HashMap<>();
  private final Set<Book> spared = new HashSet<>();

  BrokenTally(EngineStatus begin) {
    begin.feeds().forEach(feed -> atBegin.put(Book.of(feed), feed.brokenMessages()));
  }

  /** From here on these books are not asked for either. */
  void spare(EngineStatus status, BiPredicate<Venue, Symbol> covered) {
    status.feeds().stream()
        .filter(feed -> covered.test(feed.venue(), feed.symbol()))
        .map(Book::of)
        .forEach(spared::add);
  }

  boolean isSpared(Venue venue, Symbol symbol) {
    return spared.contains(new Book(venue, symbol));
  }

  long sinceBegin(EngineStatus status) {
    return status.feeds().stream()
        .filter(feed -> !spared.contains(Book.of(feed)))
        .mapToLong(feed -> feed.brokenMessages() - atBegin.getOrDefault(Book.of(feed), 0L))
        .sum();
  }
}
