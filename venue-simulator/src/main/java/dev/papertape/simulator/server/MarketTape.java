package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.StreamTape;
import dev.papertape.simulator.coinbase.CoinbaseTape;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.config.VenueWire;
import dev.papertape.simulator.kraken.KrakenTape;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.wire.StreamSink;
import dev.papertape.simulator.wire.VenueTape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the market and writes what every venue streams, each in its own wire. */
public final class MarketTape {
  private final SimulatedMarket market;
  private final VenueTape binance;
  private final Map<String, VenueTape> others = new LinkedHashMap<>();

  public MarketTape(SimulatorConfig config, SimulatedMarket market) {
    this.market = market;
    this.binance = new StreamTape(config, market);
    for (VenueConfig venue : config.venues()) {
      List<ListedMarket> listings = market.listings(venue.name());
      if (venue.wire() == VenueWire.COINBASE) {
        others.put(venue.name(), new CoinbaseTape(venue, listings));
      } else if (venue.wire() == VenueWire.KRAKEN) {
        others.put(venue.name(), new KrakenTape(venue, listings));
      }
    }
  }

  /** One step of the market and its messages. */
  public void step(StreamSink sink) {
    market.step();
    binance.publish(market.millis(), sink);
    others.values().forEach(tape -> tape.publish(market.millis(), sink));
  }

  /** The state that the stream's next message builds on. */
  Optional<String> snapshot(String venue, String stream) {
    VenueTape tape = others.get(venue);
    return tape == null ? Optional.empty() : tape.snapshot(stream, market.millis());
  }

  /** Names of the streams of a venue that does not speak Binance. */
  List<String> streams(String venue) {
    VenueTape tape = others.get(venue);
    return tape == null ? List.of() : tape.streams();
  }
}
