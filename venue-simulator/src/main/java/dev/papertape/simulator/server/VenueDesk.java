package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.BinanceTampering;
import dev.papertape.simulator.binance.RestApi;
import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.binance.StreamTape;
import dev.papertape.simulator.coinbase.CoinbaseRest;
import dev.papertape.simulator.coinbase.CoinbaseTampering;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.config.VenueWire;
import dev.papertape.simulator.kraken.KrakenRest;
import dev.papertape.simulator.kraken.KrakenTampering;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.wire.Tampering;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What belongs to one venue and not to the market. */
record VenueDesk(VenueConfig config, Rest rest, RestLimits limits, VenueStreams streams) {

  /** The venue's public REST calls. */
  @FunctionalInterface
  interface Rest {
    /** The reply, or nothing for a path that is not served. */
    Optional<RestReply> reply(String path, Map<String, List<String>> parameters, long nowMillis);
  }

  static VenueDesk of(VenueConfig config, SimulatedMarket market, MarketTape tape) {
    List<ListedMarket> listings = market.listings(config.name());
    List<String> streams =
        config.wire() == VenueWire.BINANCE
            ? listings.stream()
                .flatMap(one -> StreamTape.streams(one.instrument().streamSymbol()).stream())
                .toList()
            : tape.streams(config.name());
    return new VenueDesk(
        config,
        rest(config, market, listings),
        RestLimits.of(config),
        new VenueStreams(streams, tampering(config.wire())));
  }

  private static Tampering tampering(VenueWire wire) {
    return switch (wire) {
      case BINANCE -> BinanceTampering.RULES;
      case COINBASE -> CoinbaseTampering.RULES;
      case KRAKEN -> KrakenTampering.RULES;
    };
  }

  private static Rest rest(
      VenueConfig config, SimulatedMarket market, List<ListedMarket> listings) {
    return switch (config.wire()) {
      case BINANCE -> new RestApi(config, market)::reply;
      case COINBASE -> {
        var rest = new CoinbaseRest(listings);
        yield rest::reply;
      }
      case KRAKEN -> {
        var rest = new KrakenRest(listings);
        yield rest::reply;
      }
    };
  }
}
