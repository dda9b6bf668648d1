package dev.papertape.command.market.candlefeed;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.util.List;

/**
 * One symbol's history.
 *
 * @param bars oldest first, none twice
 */
public record CandleTape(Venue venue, Symbol symbol, CandleInterval interval, List<Bar> bars) {
  public CandleTape {
    bars = List.copyOf(bars);
  }

  /** Decimals that hold every price of it, at most 8: what a float wrote beyond is noise. */
  int priceDecimals() {
    int decimals = 0;
    for (Bar bar : bars) {
      decimals = Math.max(decimals, bar.open().stripTrailingZeros().scale());
      decimals = Math.max(decimals, bar.close().stripTrailingZeros().scale());
    }
    return Math.clamp(decimals, 2, 8);
  }

  /** Σ volume, base units. */
  BigDecimal volume() {
    return bars.stream().map(Bar::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
