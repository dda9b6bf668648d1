package dev.papertape.command.execution;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What earlier paper orders took from one book and the venue has not refreshed since: two paper
 * orders never eat the same displayed quantity. A level that the venue set again counts in full.
 */
final class ConsumedLiquidity {
  private static final int SMALLEST_PRUNING = 64;

  private final Map<Level, Taken> taken = new HashMap<>();

  /** At this many remembered levels those that the book has since refreshed are forgotten. */
  private int pruneAt = SMALLEST_PRUNING;

  private record Level(BookSide side, long price) {}

  private record Taken(long revision, long quantity) {}

  /** Scale of what is remembered. */
  private @Nullable Scale scale;

  /** Scaled quantity of the level that paper orders have taken since it was last set. */
  long at(OrderBook book, BookSide side, int level) {
    follow(book.scale());
    Taken earlier = taken.get(new Level(side, book.price(side, level)));
    return earlier != null && earlier.revision == book.revision(side, level) ? earlier.quantity : 0;
  }

  void take(OrderBook book, BookSide side, int level, long quantity) {
    long before = at(book, side, level);
    if (taken.size() >= pruneAt) {
      taken.entrySet().removeIf(entry -> isRefreshed(book, entry));
      pruneAt = Math.max(SMALLEST_PRUNING, 2 * taken.size());
    }
    taken.put(
        new Level(side, book.price(side, level)),
        new Taken(book.revision(side, level), before + quantity));
  }

  /** A book's scale may become finer; what is remembered then stays true. */
  private void follow(Scale now) {
    Scale before = scale;
    if (before != null && !before.equals(now)) {
      Map<Level, Taken> rescaled = new HashMap<>();
      taken.forEach(
          (level, what) ->
              rescaled.put(
                  new Level(level.side, now.price(before.price(level.price))),
                  new Taken(what.revision, now.quantity(before.quantity(what.quantity)))));
      taken.clear();
      taken.putAll(rescaled);
    }
    scale = now;
  }

  private static boolean isRefreshed(OrderBook book, Map.Entry<Level, Taken> entry) {
    Level level = entry.getKey();
    int index = book.indexOf(level.side, level.price);
    return index < 0 || book.revision(level.side, index) != entry.getValue().revision;
  }
}
