package dev.papertape.standalone.serve;

import dev.papertape.command.VenueCatalogue;
import dev.papertape.command.VenueSettings;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.simulator.SimulatedVenue;
import dev.papertape.simulator.VenueSimulator;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueWire;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Runs the simulator in this process and tells the command side where its venues are. The way
 * between them is HTTP and WebSocket all the same.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "papertape.feed", havingValue = "SIMULATOR", matchIfMissing = true)
public class SimulatorConfiguration {

  @Bean(destroyMethod = "close")
  VenueSimulator venueSimulator(@Value("${papertape.seed:1}") long seed) {
    return VenueSimulator.start(
        SimulatorConfig.defaults(seed).startedAt(System.currentTimeMillis()));
  }

  @Bean
  VenueCatalogue simulatedVenues(VenueSimulator simulator) {
    List<VenueSettings> venues =
        simulator.venues().stream().map(SimulatorConfiguration::settings).toList();
    return () -> venues;
  }

  private static VenueSettings settings(SimulatedVenue venue) {
    // The simulator delays what leaves it; a paper order's own way is taken to be as long each way.
    long latencyMs = venue.latency().baseMillis() + venue.latency().jitterMillis() / 2;
    return new VenueSettings(
        new Venue(venue.name()),
        VenueKind.SIMULATED,
        wire(venue.wire()),
        URI.create(venue.restBaseUrl()),
        stream(venue),
        venue.symbols().stream().map(Symbol::new).toList(),
        new VenueFees(venue.fees().makerBps(), venue.fees().takerBps()),
        new VenueLatency(latencyMs, latencyMs, latencyMs));
  }

  private static WireProtocol wire(VenueWire simulated) {
    return switch (simulated) {
      case BINANCE -> WireProtocol.BINANCE_SPOT;
      case COINBASE -> WireProtocol.COINBASE;
      case KRAKEN -> WireProtocol.KRAKEN;
    };
  }

  private static URI stream(SimulatedVenue venue) {
    return URI.create(venue.wsBaseUrl() + (venue.wire() == VenueWire.KRAKEN ? "/v2" : ""));
  }
}
