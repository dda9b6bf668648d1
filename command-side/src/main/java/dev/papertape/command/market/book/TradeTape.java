package dev.papertape.command.market.book;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.WireDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One venue's trades of one symbol, each passed on once: where both single and aggregated trades
 * come, the kind that came first is kept, and an id seen before is dropped.
 */
final class TradeTape {
  private final SymbolScale scale;
  private final StreamCounters counters = new StreamCounters();
  private @Nullable Boolean aggregated;
  private long newestId = -1;

  TradeTape(SymbolScale scale) {
    this.scale = scale;
  }

  StreamCounters counters() {
    return counters;
  }

  /** Returns whether the trade was passed on. */
  boolean print(TradePrint trade, Listener listener) {
    counters.received(trade.receivedAt());
    if (aggregated == null) {
      aggregated = trade.aggregated();
    }
    if (aggregated != trade.aggregated() || isRepeated(trade)) {
      counters.rejected(1);
      return false;
    }
    newestId = Math.max(newestId, trade.tradeId());
    try {
      PublicTrade scaled = scaled(trade);
      counters.accepted();
      listener.traded(scaled);
      return true;
    } catch (ArithmeticException overflow) {
      counters.rejected(1);
      return false;
    }
  }

  private boolean isRepeated(TradePrint trade) {
    return trade.tradeId() != TradePrint.NO_ID && trade.tradeId() <= newestId;
  }

  private PublicTrade scaled(TradePrint trade) {
    WireDecimal price = trade.price();
    WireDecimal quantity = trade.quantity();
    scale.admit(price.decimals(), quantity.decimals());
    Scale at = scale.scale();
    return new PublicTrade(
        trade.venue(),
        trade.symbol(),
        PowersOfTen.scaleUp(price.mantissa(), at.priceDecimals() - price.decimals()),
        PowersOfTen.scaleUp(quantity.mantissa(), at.quantityDecimals() - quantity.decimals()),
        trade.aggressor(),
        trade.exchangeTime());
  }
}
