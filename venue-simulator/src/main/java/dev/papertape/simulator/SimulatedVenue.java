package dev.papertape.simulator;

import dev.papertape.simulator.config.VenueFees;
import dev.papertape.simulator.config.VenueLatency;
import dev.papertape.simulator.config.VenueWire;
import java.util.List;

/**
 * A running venue, as a client needs it.
 *
 * @param name unique, upper case
 * @param restBaseUrl {@code http://127.0.0.1:<port>}; append the wire's path
 * @param wsBaseUrl {@code ws://127.0.0.1:<port>}; append the wire's path: Binance's {@code /ws/…}
 *     or {@code /stream?streams=…}, Kraken's {@code /v2}, Coinbase's {@code /}
 * @param symbols listed instruments, {@code BASE-QUOTE}
 */
public record SimulatedVenue(
    String name,
    String restBaseUrl,
    String wsBaseUrl,
    VenueFees fees,
    VenueLatency latency,
    VenueWire wire,
    List<String> symbols) {

  public SimulatedVenue {
    symbols = List.copyOf(symbols);
  }
}
