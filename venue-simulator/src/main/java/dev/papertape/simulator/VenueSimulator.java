package dev.papertape.simulator;

import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.server.SimulatedClock;
import dev.papertape.simulator.server.VenueServer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** Running simulated venues over one seeded market. */
public final class VenueSimulator implements AutoCloseable {

  private final VenueServer server;
  private final List<SimulatedVenue> venues;

  private VenueSimulator(SimulatorConfig config, VenueServer server) {
    this.server = server;
    this.venues =
        config.venues().stream()
            .map(venue -> running(config.host(), venue, server.port(venue.name())))
            .toList();
  }

  /**
   * Starts on the wall clock, unless the configuration fixes the start.
   *
   * @throws java.io.UncheckedIOException naming venue and address when a port cannot be had
   */
  public static VenueSimulator start(SimulatorConfig config) {
    return start(config, InstantSource.system(), System::nanoTime);
  }

  /**
   * @param clock gives the start instant where the configuration fixes none
   * @param nanos monotonic clock that paces simulated time
   */
  public static VenueSimulator start(
      SimulatorConfig config, InstantSource clock, LongSupplier nanos) {
    Long fixed = config.startEpochMillis();
    long startMillis = fixed == null ? clock.millis() : fixed;
    // before the history is built, so that building it does not set the venues' clocks back
    var simulated = new SimulatedClock(startMillis, config.speed(), nanos);
    var market = new SimulatedMarket(config, startMillis);
    return new VenueSimulator(config, VenueServer.start(config, market, simulated, nanos));
  }

  /** In the configuration's order. */
  public List<SimulatedVenue> venues() {
    return venues;
  }

  /**
   * Cuts all WebSockets of a venue at once, without a closing handshake.
   *
   * @return how many there were
   * @throws IllegalArgumentException for an unknown venue, naming the known ones
   */
  public int dropConnections(String venue) {
    return server.dropConnections(venue);
  }

  /**
   * Loses the next messages of a venue's books on their way: numbered where the wire numbers, but
   * never sent.
   *
   * @throws IllegalArgumentException for an unknown venue, naming the known ones
   */
  public void loseDepthMessages(String venue, int count) {
    server.loseDepth(venue, count);
  }

  /** Closes every socket and stops the market; safe to call twice. */
  @Override
  public void close() {
    server.close();
  }

  private static SimulatedVenue running(String host, VenueConfig venue, int port) {
    String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    return new SimulatedVenue(
        venue.name(),
        "http://" + authority,
        "ws://" + authority,
        venue.fees(),
        venue.latency(),
        venue.wire(),
        venue.listings().stream().map(Listing::symbol).toList());
  }
}
