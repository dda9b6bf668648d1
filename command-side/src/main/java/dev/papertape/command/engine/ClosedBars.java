package dev.papertape.command.engine;

import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.VenueInput;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;

/** Finds the final 1m bars in what the market sends. */
final class ClosedBars {
  private ClosedBars() {}

  /** Takes one bar. */
  @FunctionalInterface
  interface Taker {
    void take(Venue venue, Symbol symbol, Bar bar);
  }

  static void of(MarketInput input, Taker taker) {
    if (input instanceof VenueInput.Bundle bundle) {
      bundle.parts().forEach(part -> of(part, taker));
    } else if (input instanceof VenueInput.Kline kline
        && kline.closed()
        && kline.interval().equals(CandleInterval.ONE_MINUTE.text())) {
      taker.take(kline.venue(), kline.symbol(), bar(kline));
    }
  }

  private static Bar bar(VenueInput.Kline kline) {
    return new Bar(
        kline.openTime(),
        kline.open(),
        kline.high(),
        kline.low(),
        kline.close(),
        kline.volume(),
        null,
        kline.trades());
  }
}
