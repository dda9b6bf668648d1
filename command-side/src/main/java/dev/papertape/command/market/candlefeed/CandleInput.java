package dev.papertape.command.market.candlefeed;

import dev.papertape.command.market.MarketInput;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;

/** What a bar tells, when it may be known: its open at its open, the rest at its close. */
public sealed interface CandleInput extends MarketInput {
  Symbol symbol();

  /**
   * A bar began.
   *
   * @param previousVolume of the bar before it, base units: all that is known of liquidity then
   */
  record Opened(
      Venue venue,
      Symbol symbol,
      Instant receivedAt,
      int source,
      long ordinal,
      BigDecimal open,
      BigDecimal previousVolume)
      implements CandleInput {
    @Override
    public Opened restamped(Instant at) {
      return new Opened(venue, symbol, at, source, ordinal, open, previousVolume);
    }
  }

  /** A bar is over. */
  record Closed(Venue venue, Symbol symbol, Instant receivedAt, int source, long ordinal, Bar bar)
      implements CandleInput {
    @Override
    public Closed restamped(Instant at) {
      return new Closed(venue, symbol, at, source, ordinal, bar);
    }
  }
}
