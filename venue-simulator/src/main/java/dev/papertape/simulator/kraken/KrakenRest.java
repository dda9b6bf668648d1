package dev.papertape.simulator.kraken;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.Side;
import dev.papertape.simulator.wire.Decimals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /0/public/AssetPairs?pair=BTC/USDT} and {@code /0/public/OHLC}; Kraken answers its
 * errors with 200.
 */
public final class KrakenRest {
  private static final String ASSET_PAIRS = "/0/public/AssetPairs";
  private static final String OHLC = "/0/public/OHLC";
  private static final String TICKER = "/0/public/Ticker";
  private static final String TIME = "/0/public/Time";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, ListedMarket> bySymbol = new LinkedHashMap<>();
  private final Map<String, KrakenCandles> candles = new LinkedHashMap<>();

  public KrakenRest(List<ListedMarket> listings) {
    for (ListedMarket listed : listings) {
      bySymbol.put(KrakenTape.symbol(listed), listed);
      KrakenCandles rows = new KrakenCandles(listed);
      candles.put(KrakenTape.symbol(listed), rows);
      candles.put(altname(listed), rows);
    }
  }

  /** The reply, or nothing for a path that is not served. */
  public Optional<RestReply> reply(
      String path, Map<String, List<String>> parameters, long nowMillis) {
    return switch (path) {
      case TICKER -> Optional.of(ticker(parameters));
      case TIME -> Optional.of(time(nowMillis));
      case ASSET_PAIRS -> Optional.of(assetPairs(parameters));
      case OHLC -> Optional.of(ohlc(parameters));
      default -> Optional.empty();
    };
  }

  /** Whole seconds, as Kraken tells them. */
  private static RestReply time(long nowMillis) {
    ObjectNode reply = JSON.createObjectNode();
    reply.putArray("error");
    reply.putObject("result").put("unixtime", nowMillis / 1_000);
    return RestReply.ok(reply.toString());
  }

  /** Best ask, best bid and last trade: price, whole lots, lots. */
  private RestReply ticker(Map<String, List<String>> parameters) {
    ListedMarket listed = bySymbol.get(only(parameters, "pair", ""));
    if (listed == null) {
      return error("EQuery:Unknown asset pair");
    }
    ObjectNode reply = JSON.createObjectNode();
    reply.putArray("error");
    ObjectNode pair = reply.putObject("result").putObject(listed.instrument().wireSymbol());
    Decimals price = Decimals.of(listed.listing().tickSize());
    Decimals quantity = Decimals.of(listed.listing().lotSize());
    for (Side side : List.of(Side.ASK, Side.BID)) {
      listed.book().levels(side, 1).stream()
          .findFirst()
          .ifPresent(
              best ->
                  pair.putArray(side == Side.ASK ? "a" : "b")
                      .add(price.text(best.ticks()))
                      .add("1")
                      .add(quantity.text(best.lots())));
    }
    return RestReply.ok(reply.toString());
  }

  private RestReply ohlc(Map<String, List<String>> parameters) {
    KrakenCandles rows = candles.get(only(parameters, "pair", ""));
    if (rows == null) {
      return error("EQuery:Unknown asset pair");
    }
    String interval = only(parameters, "interval", "1");
    String since = only(parameters, "since", "0");
    return interval.equals("1") && since.matches("[0-9]{1,12}")
        ? RestReply.ok(rows.reply(Long.parseLong(since)))
        : error("EGeneral:Invalid arguments");
  }

  private static String only(Map<String, List<String>> parameters, String name, String absent) {
    return parameters.getOrDefault(name, List.of(absent)).getFirst();
  }

  static RestReply error(String message) {
    return RestReply.ok("{\"error\":[\"" + message + "\"]}");
  }

  private RestReply assetPairs(Map<String, List<String>> parameters) {
    ObjectNode reply = JSON.createObjectNode();
    reply.putArray("error");
    ObjectNode result = JSON.createObjectNode();
    for (String pair : String.join(",", parameters.getOrDefault("pair", List.of())).split(",")) {
      ListedMarket listed = bySymbol.get(pair);
      if (listed == null) {
        return error("EQuery:Unknown asset pair");
      }
      result.set(listed.instrument().wireSymbol(), pair(listed));
    }
    reply.set("result", result);
    return RestReply.ok(reply.toString());
  }

  /** Kraken's REST calls bitcoin XBT to this day. */
  private static String base(ListedMarket listed) {
    return listed.instrument().base().equals("BTC") ? "XBT" : listed.instrument().base();
  }

  private static String altname(ListedMarket listed) {
    return base(listed) + listed.instrument().quote();
  }

  private static ObjectNode pair(ListedMarket listed) {
    Listing listing = listed.listing();
    return JSON.createObjectNode()
        .put("altname", altname(listed))
        .put("wsname", base(listed) + "/" + listed.instrument().quote())
        .put("pair_decimals", Decimals.of(listing.tickSize()).decimals())
        .put("lot_decimals", Decimals.of(listing.lotSize()).decimals())
        .put("ordermin", listing.lotSize().toPlainString())
        .put("costmin", listing.minNotional().toPlainString())
        .put("tick_size", listing.tickSize().toPlainString())
        .put("status", "online");
  }
}
