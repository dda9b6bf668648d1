package dev.papertape.command.guards;

import dev.papertape.command.market.BookView;
import dev.papertape.command.quality.SlidingMedian;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one venue's clock is from its usual distance to ours, looked at once a tick: of the books
 * that had a message since, the least deviation from the trailing median, since one late message is
 * no wrong clock. An offset that lasts becomes the usual one after about {@value #LEAST} messages.
 * Owned by the engine's thread.
 */
final class SkewMeter {
  private static final int WINDOW = 120;
  private static final int LEAST = 40;

  private final SlidingMedian usual = new SlidingMedian(WINDOW);
  private final Map<BookView, Instant> seen = new HashMap<>();
  private @Nullable Long skewMs;

  /** Null until enough messages told the venue's time. */
  @Nullable Long observe(List<BookView> books) {
    Long least = null;
    for (BookView book : books) {
      Instant told = book.exchangeTime();
      Instant received = book.receivedAt();
      if (told == null || received == null || received.equals(seen.put(book, received))) {
        continue;
      }
      long offset = Duration.between(told, received).toMillis();
      if (usual.size() >= LEAST) {
        long distance = Math.abs(offset - usual.median());
        least = least == null ? distance : Math.min(least, distance);
      }
      usual.add(offset);
    }
    skewMs = least == null ? skewMs : least;
    return skewMs;
  }
}
