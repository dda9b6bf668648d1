package dev.papertape.simulator.market;

/**
 * One bar over trades, in ticks and lots; quote amounts in tick·lots. A bar without trades carries
 * the previous close and trade ids of -1, as Binance sends it.
 *
 * @param openMillis inclusive, on the interval's grid
 * @param closeMillis last millisecond within
 */
public record Kline(
    long openMillis,
    long closeMillis,
    long open,
    long high,
    long low,
    long close,
    long lots,
    long quote,
    long trades,
    long takerBuyLots,
    long takerBuyQuote,
    long firstTradeId,
    long lastTradeId) {

  static Kline empty(long openMillis, long lengthMillis, long price) {
    return new Kline(
        openMillis,
        openMillis + lengthMillis - 1,
        price,
        price,
        price,
        price,
        0,
        0,
        0,
        0,
        0,
        -1,
        -1);
  }

  /** This bar after a trade. */
  Kline plus(Trade trade) {
    boolean first = trades == 0;
    long price = trade.ticks();
    long value = Math.multiplyExact(price, trade.lots());
    return new Kline(
        openMillis,
        closeMillis,
        first ? price : open,
        first ? price : Math.max(high, price),
        first ? price : Math.min(low, price),
        price,
        lots + trade.lots(),
        Math.addExact(quote, value),
        trades + trade.count(),
        takerBuyLots + (trade.buyerIsMaker() ? 0 : trade.lots()),
        takerBuyQuote + (trade.buyerIsMaker() ? 0 : value),
        first ? trade.firstTradeId() : firstTradeId,
        trade.lastTradeId());
  }

  /** This bar extended by the next shorter one within it. */
  Kline merge(Kline next) {
    if (next.trades == 0) {
      return this;
    }
    boolean first = trades == 0;
    return new Kline(
        openMillis,
        closeMillis,
        first ? next.open : open,
        first ? next.high : Math.max(high, next.high),
        first ? next.low : Math.min(low, next.low),
        next.close,
        lots + next.lots,
        Math.addExact(quote, next.quote),
        trades + next.trades,
        takerBuyLots + next.takerBuyLots,
        takerBuyQuote + next.takerBuyQuote,
        first ? next.firstTradeId : firstTradeId,
        next.lastTradeId);
  }
}
