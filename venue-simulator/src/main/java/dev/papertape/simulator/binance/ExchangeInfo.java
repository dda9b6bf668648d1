package dev.papertape.simulator.binance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.simulator.config.Instrument;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.market.ListedMarket;
import java.math.BigDecimal;
import java.util.List;

/** The reply of {@code /api/v3/exchangeInfo}: limits, symbols and their filters. */
final class ExchangeInfo {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int PRECISION = 8;
  private static final BigDecimal MOST_TICKS = BigDecimal.valueOf(100_000_000L);
  private static final BigDecimal MOST_LOTS = BigDecimal.valueOf(900_000_000L);
  private static final BigDecimal MOST_NOTIONAL = BigDecimal.valueOf(9_000_000L);

  private final int weightPerMinute;

  ExchangeInfo(int weightPerMinute) {
    this.weightPerMinute = weightPerMinute;
  }

  String json(List<ListedMarket> listed, long nowMillis) {
    ObjectNode info = JSON.createObjectNode();
    info.put("timezone", "UTC").put("serverTime", nowMillis);
    info.putArray("rateLimits")
        .addObject()
        .put("rateLimitType", "REQUEST_WEIGHT")
        .put("interval", "MINUTE")
        .put("intervalNum", 1)
        .put("limit", weightPerMinute);
    info.putArray("exchangeFilters");
    var symbols = info.putArray("symbols");
    listed.forEach(one -> symbols.add(symbol(one)));
    return info.toString();
  }

  private static ObjectNode symbol(ListedMarket listed) {
    Instrument instrument = listed.instrument();
    ObjectNode symbol = JSON.createObjectNode();
    symbol
        .put("symbol", instrument.wireSymbol())
        .put("status", "TRADING")
        .put("baseAsset", instrument.base())
        .put("baseAssetPrecision", PRECISION)
        .put("quoteAsset", instrument.quote())
        .put("quotePrecision", PRECISION)
        .put("quoteAssetPrecision", PRECISION)
        .put("baseCommissionPrecision", PRECISION)
        .put("quoteCommissionPrecision", PRECISION);
    symbol.putArray("orderTypes").add("LIMIT").add("LIMIT_MAKER").add("MARKET");
    symbol
        .put("icebergAllowed", false)
        .put("ocoAllowed", false)
        .put("quoteOrderQtyMarketAllowed", false)
        .put("allowTrailingStop", false)
        .put("cancelReplaceAllowed", false)
        .put("isSpotTradingAllowed", true)
        .put("isMarginTradingAllowed", false);
    filters(symbol, listed.listing());
    symbol.putArray("permissions");
    symbol.putArray("permissionSets").addArray().add("SPOT");
    symbol.put("defaultSelfTradePreventionMode", "NONE");
    symbol.putArray("allowedSelfTradePreventionModes").add("NONE");
    return symbol;
  }

  private static void filters(ObjectNode symbol, Listing listing) {
    var filters = symbol.putArray("filters");
    filters
        .addObject()
        .put("filterType", "PRICE_FILTER")
        .put("minPrice", WireScale.decimal(listing.tickSize()))
        .put("maxPrice", WireScale.decimal(listing.tickSize().multiply(MOST_TICKS)))
        .put("tickSize", WireScale.decimal(listing.tickSize()));
    filters
        .addObject()
        .put("filterType", "LOT_SIZE")
        .put("minQty", WireScale.decimal(listing.lotSize()))
        .put("maxQty", WireScale.decimal(listing.lotSize().multiply(MOST_LOTS)))
        .put("stepSize", WireScale.decimal(listing.lotSize()));
    filters
        .addObject()
        .put("filterType", "NOTIONAL")
        .put("minNotional", WireScale.decimal(listing.minNotional()))
        .put("applyMinToMarket", true)
        .put("maxNotional", WireScale.decimal(MOST_NOTIONAL))
        .put("applyMaxToMarket", false)
        .put("avgPriceMins", 5);
  }
}
