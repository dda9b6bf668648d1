package dev.papertape.command.market;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;

/**
 * How the engine asks a venue for past one-minute candles. Must return at once; the answer comes
 * back as a {@link VenueInput.CandlesFetched}, of as much as one call gives, or a {@link
 * VenueInput.CandlesFailed}.
 */
@FunctionalInterface
public interface CandleRequests {
  /**
   * @param from start of the first minute
   * @param to end of the last one, which is over
   */
  void requestCandles(Venue venue, Symbol symbol, Instant from, Instant to);
}
