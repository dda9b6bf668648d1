package dev.papertape.simulator.server;

import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.market.SimulatedMarket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** All venues on one Jetty, a port each. */
public final class VenueServer implements AutoCloseable {

  private static final int MOST_THREADS = 16;
  private static final int FEWEST_THREADS = 4;
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final Map<String, VenueDesk> desks = new LinkedHashMap<>();
  private final Map<String, ServerConnector> connectors = new LinkedHashMap<>();
  private final Server server;
  private final MarketPump pump;

  private VenueServer(
      SimulatorConfig config, SimulatedMarket market, SimulatedClock clock, LongSupplier nanos) {
    var threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    threads.setName("venue");
    threads.setDaemon(true);
    this.server = new Server(threads);
    var tape = new MarketTape(config, market);
    Map<String, DelayLine> lines = new LinkedHashMap<>();
    Map<String, VenueStreams> streams = new LinkedHashMap<>();
    for (VenueConfig venue : config.venues()) {
      VenueDesk desk = VenueDesk.of(venue, market, tape);
      desks.put(venue.name(), desk);
      streams.put(venue.name(), desk.streams());
      var jitter = new SplittableRandom(config.seed() ^ venue.name().hashCode());
      lines.put(venue.name(), new DelayLine(venue.latency(), jitter));
    }
    this.pump = new MarketPump(market, tape, clock, lines, streams);
    handle(clock, nanos);
  }

  /**
   * Binds every venue's port and sets the market going.
   *
   * @throws UncheckedIOException naming venue and address when a port cannot be had
   */
  public static VenueServer start(
      SimulatorConfig config, SimulatedMarket market, SimulatedClock clock, LongSupplier nanos) {
    var started = new VenueServer(config, market, clock, nanos);
    try {
      int next = config.portBase();
      for (VenueConfig venue : config.venues()) {
        started.listen(config.host(), venue.port() == 0 ? next : venue.port(), venue.name());
        next = next == 0 ? 0 : next + 1;
      }
      started.server.start();
      started.pump.start();
      return started;
    } catch (Exception e) {
      started.close();
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException("the venue server did not start", e);
    }
  }

  private void handle(SimulatedClock clock, LongSupplier nanos) {
    Function<Request, VenueDesk> byPort =
        request -> {
          String name = request.getConnectionMetaData().getConnector().getName();
          return desk(name);
        };
    var upgrades = new WebSocketUpgradeHandler();
    var negotiator = new StreamNegotiator(byPort, clock::millis, nanos);
    upgrades.addMapping(StreamNegotiator.RAW, negotiator);
    upgrades.addMapping(StreamNegotiator.RAW + "/*", negotiator);
    upgrades.addMapping(StreamNegotiator.COMBINED, negotiator);
    upgrades.addMapping("regex|^" + StreamNegotiator.COINBASE + "$", negotiator);
    upgrades.addMapping(StreamNegotiator.KRAKEN, negotiator);
    upgrades.getConfiguration().setIdleTimeout(IDLE);
    upgrades.setHandler(new RestHandler(byPort, pump, clock));
    server.setHandler(upgrades);
  }

  private void listen(String host, int port, String venue) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    var connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    connector.setName(venue);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "venue " + venue + " cannot listen on " + host + ":" + port + ": " + reason(e), e);
    }
    connectors.put(venue, connector);
    server.addConnector(connector);
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** The port a venue listens on. */
  public int port(String venue) {
    ServerConnector connector = connectors.get(venue);
    if (connector == null) {
      throw new IllegalArgumentException("no venue " + venue + ", only " + connectors.keySet());
    }
    return connector.getLocalPort();
  }

  /**
   * Cuts all of a venue's WebSockets at once, without a closing handshake.
   *
   * @return how many there were
   */
  public int dropConnections(String venue) {
    return desk(venue).streams().drop();
  }

  /** The venue's next changes of any book are lost on their way, for all who listen. */
  public void loseDepth(String venue, int count) {
    desk(venue).streams().loseDepth(count);
  }

  private VenueDesk desk(String venue) {
    VenueDesk desk = desks.get(venue);
    if (desk == null) {
      throw new IllegalArgumentException("no venue " + venue + ", only " + desks.keySet());
    }
    return desk;
  }

  /** Closes every socket and stops the market; safe to call twice. */
  @Override
  public void close() {
    pump.close();
    desks.values().forEach(desk -> desk.streams().drop());
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the venue server did not stop", e);
    } finally {
      connectors.values().forEach(ServerConnector::close);
    }
  }
}
