package dev.papertape.command.engine;

import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine between two of its inputs.
 *
 * @param frames market frames merged since start
 * @param feedTime receive time of the newest input, null before the first
 */
public record EngineStatus(
    long frames, @Nullable Instant feedTime, long openOrders, List<FeedStatus> feeds) {
  /** One book. */
  public record FeedStatus(
      Venue venue,
      Symbol symbol,
      BookState state,
      @Nullable Instant receivedAt,
      long messages,
      long brokenMessages,
      long timesUnsettled,
      @Nullable Double verifiedPercent) {}
}
