package dev.papertape.simulator.kraken;

import dev.papertape.simulator.market.Kline;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.MinuteBars;
import dev.papertape.simulator.wire.Decimals;
import java.util.List;

/**
 * One pair's {@code OHLC} reply: the newest 720 minutes at most, the last one still running. A
 * minute without trades carries the last close, with a count and a vwap of 0.
 */
final class KrakenCandles {
  private static final int MOST_ROWS = 720;

  private final ListedMarket listed;
  private final Decimals price;
  private final Decimals quantity;

  KrakenCandles(ListedMarket listed) {
    this.listed = listed;
    this.price = Decimals.of(listed.listing().tickSize());
    this.quantity = Decimals.of(listed.listing().lotSize());
  }

  /**
   * @param since rows after this time, seconds
   */
  String reply(long since) {
    List<Kline> bars =
        listed
            .bars()
            .bars(MinuteBars.MINUTE_MILLIS, Math.multiplyExact(since, 1000L) + 1, Long.MAX_VALUE);
    List<Kline> newest = bars.subList(Math.max(0, bars.size() - MOST_ROWS), bars.size());
    var out = new StringBuilder(64 + 100 * newest.size());
    out.append("{\"error\":[],\"result\":{\"").append(listed.instrument().wireSymbol());
    out.append("\":[");
    String separator = "";
    for (Kline bar : newest) {
      row(out.append(separator), bar);
      separator = ",";
    }
    long running = listed.bars().current().openMillis();
    long last = (running - MinuteBars.MINUTE_MILLIS) / 1000;
    return out.append("],\"last\":").append(last).append("}}").toString();
  }

  private void row(StringBuilder out, Kline bar) {
    out.append('[').append(bar.openMillis() / 1000);
    price.append(out.append(",\""), bar.open());
    price.append(out.append("\",\""), bar.high());
    price.append(out.append("\",\""), bar.low());
    price.append(out.append("\",\""), bar.close());
    out.append("\",\"").append(bar.lots() == 0 ? "0" : price.average(bar.quote(), bar.lots()));
    quantity.append(out.append("\",\""), bar.lots());
    out.append("\",").append(bar.trades()).append(']');
  }
}
