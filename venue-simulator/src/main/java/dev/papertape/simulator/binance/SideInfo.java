package dev.papertape.simulator.binance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.RegimeSpan;
import dev.papertape.simulator.market.SimulatedMarket;

/** What no real venue tells, below {@code /sim}: fees, latency and the market's labels. */
public final class SideInfo {

  private static final JsonMapper JSON = new JsonMapper();

  private SideInfo() {}

  /** Name, fees, latency and listings. */
  public static String venue(VenueConfig venue, SimulatedMarket market) {
    ObjectNode info = JSON.createObjectNode().put("name", venue.name());
    info.putObject("fees")
        .put("makerBps", venue.fees().makerBps())
        .put("takerBps", venue.fees().takerBps());
    info.putObject("latency")
        .put("baseMillis", venue.latency().baseMillis())
        .put("jitterMillis", venue.latency().jitterMillis());
    info.put("depthIntervalMillis", venue.depthIntervalMillis());
    info.put("weightPerMinute", venue.weightPerMinute());
    var symbols = info.putArray("symbols");
    for (ListedMarket listed : market.listings(venue.name())) {
      Listing listing = listed.listing();
      symbols
          .addObject()
          .put("symbol", listing.symbol())
          .put("wireSymbol", listed.instrument().wireSymbol())
          .put("tickSize", listing.tickSize().toPlainString())
          .put("lotSize", listing.lotSize().toPlainString())
          .put("minNotional", listing.minNotional().toPlainString());
    }
    return info.toString();
  }

  /** The current regime and all before it, oldest first, in simulated epoch milliseconds. */
  public static String regimes(SimulatedMarket market) {
    var spans = market.regimes();
    RegimeSpan current = spans.getLast();
    ObjectNode info = JSON.createObjectNode();
    info.put("at", market.millis());
    info.put("regime", current.regime().name());
    info.put("since", current.fromMillis());
    var history = info.putArray("history");
    for (RegimeSpan span : spans) {
      history
          .addObject()
          .put("regime", span.regime().name())
          .put("from", span.fromMillis())
          .put("to", span.toMillis());
    }
    return info.toString();
  }
}
