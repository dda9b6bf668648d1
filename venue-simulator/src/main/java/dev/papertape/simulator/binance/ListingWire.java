package dev.papertape.simulator.binance;

import dev.papertape.simulator.market.BookDiff;
import dev.papertape.simulator.market.Kline;
import dev.papertape.simulator.market.Level;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.Side;
import dev.papertape.simulator.market.Trade;
import java.util.List;

/**
 * One listing's JSON, field by field in Binance's order. Written by hand into a buffer: this is the
 * hot path, and "same seed, same bytes" must not hang on a serialiser's version.
 */
final class ListingWire {

  private final String symbol;
  private final WireScale scale;

  ListingWire(ListedMarket listed) {
    this.symbol = listed.instrument().wireSymbol();
    this.scale = new WireScale(listed.listing());
  }

  String depthUpdate(BookDiff diff, long eventMillis) {
    var out = event("depthUpdate", eventMillis);
    out.append(",\"U\":").append(diff.firstUpdateId());
    out.append(",\"u\":").append(diff.lastUpdateId());
    levels(out.append(",\"b\":"), diff.bids());
    levels(out.append(",\"a\":"), diff.asks());
    return out.append('}').toString();
  }

  String depthSnapshot(long lastUpdateId, List<Level> bids, List<Level> asks) {
    var out = new StringBuilder(64 + 40 * (bids.size() + asks.size()));
    out.append("{\"lastUpdateId\":").append(lastUpdateId);
    levels(out.append(",\"bids\":"), bids);
    levels(out.append(",\"asks\":"), asks);
    return out.append('}').toString();
  }

  String trade(Trade trade, long eventMillis) {
    var out = event("trade", eventMillis);
    out.append(",\"t\":").append(trade.lastTradeId());
    priceAndQuantity(out, trade);
    out.append(",\"T\":").append(trade.millis());
    return out.append(",\"m\":").append(trade.buyerIsMaker()).append(",\"M\":true}").toString();
  }

  String aggTrade(Trade trade, long eventMillis) {
    var out = event("aggTrade", eventMillis).append(',');
    return aggregate(out, trade).append('}').toString();
  }

  /** One element of the REST reply, without the event's head. */
  String aggTradeRow(Trade trade) {
    return aggregate(new StringBuilder(160).append('{'), trade).append('}').toString();
  }

  private StringBuilder aggregate(StringBuilder out, Trade trade) {
    out.append("\"a\":").append(trade.id());
    priceAndQuantity(out, trade);
    out.append(",\"f\":").append(trade.firstTradeId());
    out.append(",\"l\":").append(trade.lastTradeId());
    out.append(",\"T\":").append(trade.millis());
    return out.append(",\"m\":").append(trade.buyerIsMaker()).append(",\"M\":true");
  }

  String kline(Kline bar, boolean closed, long eventMillis) {
    var out = event("kline", eventMillis);
    out.append(",\"k\":{\"t\":").append(bar.openMillis());
    out.append(",\"T\":").append(bar.closeMillis());
    out.append(",\"s\":\"").append(symbol).append("\",\"i\":\"1m\"");
    out.append(",\"f\":").append(bar.firstTradeId());
    out.append(",\"L\":").append(bar.lastTradeId());
    scale.price(out.append(",\"o\":\""), bar.open());
    scale.price(out.append("\",\"c\":\""), bar.close());
    scale.price(out.append("\",\"h\":\""), bar.high());
    scale.price(out.append("\",\"l\":\""), bar.low());
    scale.quantity(out.append("\",\"v\":\""), bar.lots());
    out.append("\",\"n\":").append(bar.trades());
    out.append(",\"x\":").append(closed);
    scale.quoteAmount(out.append(",\"q\":\""), bar.quote());
    scale.quantity(out.append("\",\"V\":\""), bar.takerBuyLots());
    scale.quoteAmount(out.append("\",\"Q\":\""), bar.takerBuyQuote());
    return out.append("\",\"B\":\"0\"}}").toString();
  }

  String klineRow(Kline bar) {
    var out = new StringBuilder(220);
    out.append('[').append(bar.openMillis());
    scale.price(out.append(",\""), bar.open());
    scale.price(out.append("\",\""), bar.high());
    scale.price(out.append("\",\""), bar.low());
    scale.price(out.append("\",\""), bar.close());
    scale.quantity(out.append("\",\""), bar.lots());
    out.append("\",").append(bar.closeMillis());
    scale.quoteAmount(out.append(",\""), bar.quote());
    out.append("\",").append(bar.trades());
    scale.quantity(out.append(",\""), bar.takerBuyLots());
    scale.quoteAmount(out.append("\",\""), bar.takerBuyQuote());
    return out.append("\",\"0\"]").toString();
  }

  /** The stream's message; Binance gives it no event type and no time. */
  String bookTicker(ListedMarket listed) {
    var out = new StringBuilder(140);
    out.append("{\"u\":").append(listed.book().updateId());
    out.append(",\"s\":\"").append(symbol).append('"');
    touch(out, listed, Side.BID, "b", "B");
    touch(out, listed, Side.ASK, "a", "A");
    return out.append('}').toString();
  }

  String priceRow(ListedMarket listed) {
    Trade last = null;
    for (Trade trade : listed.trades()) {
      last = trade;
    }
    long ticks =
        last == null
            ? listed.book().levels(Side.BID, 1).stream().mapToLong(Level::ticks).sum()
            : last.ticks();
    var out = new StringBuilder(80).append("{\"symbol\":\"").append(symbol);
    return scale.price(out.append("\",\"price\":\""), ticks).append("\"}").toString();
  }

  String bookTickerRow(ListedMarket listed) {
    var out = new StringBuilder(180).append("{\"symbol\":\"").append(symbol).append('"');
    touch(out, listed, Side.BID, "bidPrice", "bidQty");
    touch(out, listed, Side.ASK, "askPrice", "askQty");
    return out.append('}').toString();
  }

  private void touch(
      StringBuilder out, ListedMarket listed, Side side, String priceName, String quantityName) {
    Level best = listed.book().levels(side, 1).stream().findFirst().orElse(new Level(0, 0));
    scale.price(out.append(",\"").append(priceName).append("\":\""), best.ticks());
    scale.quantity(out.append("\",\"").append(quantityName).append("\":\""), best.lots());
    out.append('"');
  }

  private StringBuilder event(String type, long eventMillis) {
    return new StringBuilder(400)
        .append("{\"e\":\"")
        .append(type)
        .append("\",\"E\":")
        .append(eventMillis)
        .append(",\"s\":\"")
        .append(symbol)
        .append('"');
  }

  private void priceAndQuantity(StringBuilder out, Trade trade) {
    scale.price(out.append(",\"p\":\""), trade.ticks());
    scale.quantity(out.append("\",\"q\":\""), trade.lots()).append('"');
  }

  private void levels(StringBuilder out, List<Level> levels) {
    out.append('[');
    char separator = 0;
    for (Level level : levels) {
      if (separator != 0) {
        out.append(separator);
      }
      separator = ',';
      scale.price(out.append("[\""), level.ticks());
      scale.quantity(out.append("\",\""), level.lots()).append("\"]");
    }
    out.append(']');
  }
}
