package dev.papertape.simulator.kraken;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.wire.Decimals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /0/public/AssetPairs?pair=BTC/USDT}; Kraken answers its errors with 200. */
public final class KrakenRest {
  private static final String ASSET_PAIRS = "/0/public/AssetPairs";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, ListedMarket> bySymbol = new LinkedHashMap<>();

  public KrakenRest(List<ListedMarket> listings) {
    listings.forEach(listed -> bySymbol.put(KrakenTape.symbol(listed), listed));
  }

  /** The reply, or nothing for a path that is not served. */
  public Optional<RestReply> reply(String path, Map<String, List<String>> parameters) {
    if (!path.equals(ASSET_PAIRS)) {
      return Optional.empty();
    }
    ObjectNode reply = JSON.createObjectNode();
    var errors = reply.putArray("error");
    ObjectNode result = JSON.createObjectNode();
    for (String pair : String.join(",", parameters.getOrDefault("pair", List.of())).split(",")) {
      ListedMarket listed = bySymbol.get(pair);
      if (listed == null) {
        errors.add("EQuery:Unknown asset pair");
        return Optional.of(RestReply.ok(reply.toString()));
      }
      result.set(listed.instrument().wireSymbol(), pair(listed));
    }
    reply.set("result", result);
    return Optional.of(RestReply.ok(reply.toString()));
  }

  /** Kraken's REST calls bitcoin XBT to this day. */
  private static ObjectNode pair(ListedMarket listed) {
    Listing listing = listed.listing();
    String base = listed.instrument().base().equals("BTC") ? "XBT" : listed.instrument().base();
    return JSON.createObjectNode()
        .put("altname", base + listed.instrument().quote())
        .put("wsname", base + "/" + listed.instrument().quote())
        .put("pair_decimals", Decimals.of(listing.tickSize()).decimals())
        .put("lot_decimals", Decimals.of(listing.lotSize()).decimals())
        .put("ordermin", listing.lotSize().toPlainString())
        .put("costmin", listing.minNotional().toPlainString())
        .put("tick_size", listing.tickSize().toPlainString())
        .put("status", "online");
  }
}
