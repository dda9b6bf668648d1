package dev.papertape.command.chaos.proxy;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.chaos.FaultPort;
import dev.papertape.command.chaos.fault.ArmedFault;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.market.Venue;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/**
 * A loopback port for each venue, behind which is the true one. Connectors are given the port and
 * know nothing of it.
 */
public final class FaultProxy implements FaultPort, AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);
  private static final int MOST_THREADS = 24;
  private static final int FEWEST_THREADS = 4;

  private final Map<String, VenueLane> lanes = new LinkedHashMap<>();
  private final Map<String, ServerConnector> connectors = new LinkedHashMap<>();
  private final Map<String, ArmedFault> armed = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chaos-timer").daemon(true).factory());
  private final Server server;
  private final InstantSource clock;

  private FaultProxy(
      List<VenueSettings> venues,
      InstantSource clock,
      Function<VenueSettings, Duration> callersTimeout) {
    this.clock = clock;
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    threads.setName("chaos-proxy");
    threads.setDaemon(true);
    this.server = new Server(threads);
    for (VenueSettings venue : venues) {
      lanes.put(venue.venue().name(), new VenueLane(venue, clock, callersTimeout.apply(venue)));
    }
    Function<Request, VenueLane> byPort =
        request -> lane(request.getConnectionMetaData().getConnector().getName());
    HttpClient client = new HttpClient();
    client.setExecutor(threads);
    client.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
    WebSocketCoreClient sockets = new WebSocketCoreClient(client, new WebSocketComponents());
    server.addBean(sockets);
    WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler();
    upgrades.addMapping("/*", new SocketGate(byPort, sockets));
    upgrades.setHandler(new RestRelay(byPort, threads, CONNECT_TIMEOUT, timer));
    server.setHandler(upgrades);
  }

  /**
   * Binds a port for each venue.
   *
   * @param callersTimeout after how long a connector gives up a REST call to a venue
   */
  public static FaultProxy start(
      List<VenueSettings> venues,
      InstantSource clock,
      Function<VenueSettings, Duration> callersTimeout) {
    FaultProxy proxy = new FaultProxy(venues, clock, callersTimeout);
    try {
      proxy.lanes.keySet().forEach(proxy::listen);
      proxy.server.start();
      return proxy;
    } catch (Exception failed) {
      proxy.close();
      throw new IllegalStateException("the fault proxy did not start: " + failed, failed);
    }
  }

  private void listen(String venue) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    connector.setName(venue);
    connector.setHost(LOOPBACK);
    connector.setPort(0);
    connector.setIdleTimeout(Duration.ofMinutes(5).toMillis());
    connectors.put(venue, connector);
    server.addConnector(connector);
  }

  /** Where the venue is reached through the proxy; all else as it was. */
  public VenueSettings through(VenueSettings venue) {
    ServerConnector connector = connectors.get(venue.venue().name());
    if (connector == null) {
      throw new IllegalArgumentException("no lane for " + venue.venue());
    }
    String authority = LOOPBACK + ":" + connector.getLocalPort();
    return new VenueSettings(
        venue.venue(),
        venue.kind(),
        venue.wire(),
        at("http", authority, venue.rest()),
        at("ws", authority, venue.stream()),
        venue.symbols(),
        venue.fees(),
        venue.latency());
  }

  private static URI at(String scheme, String authority, URI address) {
    String query = address.getRawQuery();
    return URI.create(
        scheme + "://" + authority + address.getRawPath() + (query == null ? "" : "?" + query));
  }

  @Override
  public void arm(ExperimentStarted plan) {
    Venue venue = plan.target().venue();
    String provider = plan.target().provider();
    VenueLane lane = lane(venue != null ? venue.name() : String.valueOf(provider));
    ArmedFault fault = new ArmedFault(plan);
    armed.put(plan.experimentId(), fault);
    lane.arm(fault);
    if (plan.type() == ChaosType.WS_FLAP) {
      Duration left = Duration.between(clock.instant(), plan.endsAt());
      for (Duration moment : FlapSchedule.moments(plan, left)) {
        timer.schedule(() -> lane.flap(fault), moment.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public long disarm(String experimentId) {
    ArmedFault fault = armed.remove(experimentId);
    if (fault == null) {
      return 0;
    }
    lanes.values().forEach(lane -> lane.disarm(fault));
    return fault.hits();
  }

  @Override
  public void disarmAll() {
    List.copyOf(armed.keySet()).forEach(this::disarm);
  }

  private VenueLane lane(String venue) {
    VenueLane lane = lanes.get(venue);
    if (lane == null) {
      throw new IllegalArgumentException("no venue " + venue + ", only " + lanes.keySet());
    }
    return lane;
  }

  /** Ends every socket and frees the ports; safe to call twice. */
  @Override
  public void close() {
    disarmAll();
    timer.shutdownNow();
    lanes.values().forEach(VenueLane::cutAll);
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("the fault proxy did not stop", failed);
    }
  }
}
