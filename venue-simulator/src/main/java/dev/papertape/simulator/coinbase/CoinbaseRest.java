package dev.papertape.simulator.coinbase;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.Side;
import dev.papertape.simulator.wire.Decimals;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code GET /api/v3/brokerage/market/products/{product_id}} and its {@code /candles}. */
public final class CoinbaseRest {
  private static final String PRODUCT = "/api/v3/brokerage/market/products/";
  private static final String CANDLES = "/candles";
  private static final String TICKER = "/ticker";
  private static final String TIME = "/api/v3/brokerage/time";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, ListedMarket> byProduct = new LinkedHashMap<>();

  public CoinbaseRest(List<ListedMarket> listings) {
    listings.forEach(listed -> byProduct.put(listed.instrument().symbol(), listed));
  }

  /** The reply, or nothing for a path that is not served. */
  public Optional<RestReply> reply(
      String path, Map<String, List<String>> parameters, long nowMillis) {
    if (path.equals(TIME)) {
      return Optional.of(time(nowMillis));
    }
    if (!path.startsWith(PRODUCT)) {
      return Optional.empty();
    }
    boolean candles = path.endsWith(CANDLES);
    boolean ticker = path.endsWith(TICKER);
    int tail = candles ? CANDLES.length() : ticker ? TICKER.length() : 0;
    String product =
        path.substring(PRODUCT.length(), Math.max(PRODUCT.length(), path.length() - tail));
    ListedMarket listed = byProduct.get(product);
    if (listed == null) {
      return Optional.of(error(404, "NOT_FOUND", "valid product_id is required"));
    }
    return Optional.of(
        candles
            ? CoinbaseCandles.reply(listed, parameters)
            : RestReply.ok(ticker ? ticker(listed) : product(listed)));
  }

  static RestReply error(int status, String error, String message) {
    String body = JSON.createObjectNode().put("error", error).put("message", message).toString();
    return new RestReply(status, body, OptionalLong.empty());
  }

  private static RestReply time(long nowMillis) {
    return RestReply.ok(
        JSON.createObjectNode()
            .put("iso", Instant.ofEpochMilli(nowMillis).toString())
            .put("epochSeconds", Long.toString(nowMillis / 1_000))
            .put("epochMillis", Long.toString(nowMillis))
            .toString());
  }

  /** The touch; of the trades that the real one lists, none. */
  private static String ticker(ListedMarket listed) {
    Decimals price = Decimals.of(listed.listing().tickSize());
    ObjectNode ticker = JSON.createObjectNode();
    ticker.putArray("trades");
    listed.book().levels(Side.BID, 1).stream()
        .findFirst()
        .ifPresent(best -> ticker.put("best_bid", price.text(best.ticks())));
    listed.book().levels(Side.ASK, 1).stream()
        .findFirst()
        .ifPresent(best -> ticker.put("best_ask", price.text(best.ticks())));
    return ticker.toString();
  }

  private static String product(ListedMarket listed) {
    Listing listing = listed.listing();
    return JSON.createObjectNode()
        .put("product_id", listing.symbol())
        .put("base_increment", listing.lotSize().toPlainString())
        .put("quote_increment", listing.tickSize().toPlainString())
        .put("price_increment", listing.tickSize().toPlainString())
        .put("quote_min_size", listing.minNotional().toPlainString())
        .put("base_min_size", listing.lotSize().toPlainString())
        .put("status", "online")
        .put("trading_disabled", false)
        .put("product_type", "SPOT")
        .put("base_currency_id", listed.instrument().base())
        .put("quote_currency_id", listed.instrument().quote())
        .toString();
  }
}
