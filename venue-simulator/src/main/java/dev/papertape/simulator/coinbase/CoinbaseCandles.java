package dev.papertape.simulator.coinbase;

import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.market.Kline;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.MinuteBars;
import dev.papertape.simulator.wire.Decimals;
import java.util.List;
import java.util.Map;

/**
 * One product's candles: newest first, 350 at most, none of a minute without trades; the running
 * minute is among them as it stands.
 */
final class CoinbaseCandles {
  private static final long MOST = 350;

  private CoinbaseCandles() {}

  static RestReply reply(ListedMarket listed, Map<String, List<String>> parameters) {
    String start = only(parameters, "start");
    String end = only(parameters, "end");
    if (!start.matches("[0-9]{1,12}") || !end.matches("[0-9]{1,12}")) {
      return invalid("start and end must be in seconds");
    }
    if (!only(parameters, "granularity").equals("ONE_MINUTE")) {
      return invalid("granularity is not one that is simulated");
    }
    long from = 1000 * Long.parseLong(start);
    long to = 1000 * Long.parseLong(end);
    if ((to - from) / MinuteBars.MINUTE_MILLIS >= MOST) {
      return invalid("number of candles requested should be less than " + MOST);
    }
    List<Kline> bars = listed.bars().bars(MinuteBars.MINUTE_MILLIS, from, to);
    Decimals price = Decimals.of(listed.listing().tickSize());
    Decimals quantity = Decimals.of(listed.listing().lotSize());
    var out = new StringBuilder(32 + 120 * bars.size()).append("{\"candles\":[");
    String separator = "";
    for (Kline bar : bars.reversed()) {
      if (bar.trades() > 0) {
        candle(out.append(separator), bar, price, quantity);
        separator = ",";
      }
    }
    return RestReply.ok(out.append("]}").toString());
  }

  private static void candle(StringBuilder out, Kline bar, Decimals price, Decimals quantity) {
    out.append("{\"start\":\"").append(bar.openMillis() / 1000);
    price.append(out.append("\",\"low\":\""), bar.low());
    price.append(out.append("\",\"high\":\""), bar.high());
    price.append(out.append("\",\"open\":\""), bar.open());
    price.append(out.append("\",\"close\":\""), bar.close());
    quantity.append(out.append("\",\"volume\":\""), bar.lots()).append("\"}");
  }

  private static RestReply invalid(String message) {
    return CoinbaseRest.error(400, "INVALID_ARGUMENT", message);
  }

  private static String only(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of("")).getFirst();
  }
}
