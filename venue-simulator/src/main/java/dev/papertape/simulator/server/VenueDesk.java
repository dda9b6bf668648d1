package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.RequestWeights;
import dev.papertape.simulator.binance.RestApi;
import dev.papertape.simulator.binance.StreamTape;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.market.SimulatedMarket;

/** What belongs to one venue and not to the market. */
record VenueDesk(VenueConfig config, RestApi rest, RequestWeights weights, VenueStreams streams) {

  static VenueDesk of(VenueConfig config, SimulatedMarket market) {
    var streams =
        market.listings(config.name()).stream()
            .flatMap(listed -> StreamTape.streams(listed.instrument().streamSymbol()).stream())
            .toList();
    return new VenueDesk(
        config,
        new RestApi(config, market),
        new RequestWeights(config.weightPerMinute(), config.refusalsBeforeBan()),
        new VenueStreams(streams));
  }
}
