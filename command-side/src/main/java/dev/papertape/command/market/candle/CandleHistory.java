package dev.papertape.command.market.candle;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One-minute candles of all venues, as far as they are remembered. */
@FunctionalInterface
public interface CandleHistory {

  /** The symbol's bar of this minute at another venue than {@code than}; null without one. */
  @Nullable Bar elsewhere(Venue than, Symbol symbol, Instant openTime);
}
