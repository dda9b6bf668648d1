package dev.papertape.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.papertape.benchmarks.crash.ComposeFile.Service;
import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services of {@code docker-compose.yml} as real processes on loopback, the class path of this
 * build in place of the image's, the embedded PostgreSQL in place of the postgres service, Debian's
 * nginx in place of the proxy's. What counts is what a client of the proxy sees.
 */
@Timeout(600)
class TwoShapesIT {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration TAKE_OVER = Duration.ofSeconds(10);
  private static final int ORDERS = 300;

  @TempDir Path folder;

  private final Map<String, JavaProgram> running = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private ComposeFile compose;
  private EmbeddedPostgres postgres;
  private ReverseProxy proxy;
  private int simulatorPorts;

  @BeforeEach
  void startServices() throws Exception {
    assumeTrue(ReverseProxy.isInstalled(), "nginx is not installed");
    compose = ComposeFile.read(Checkout.root().resolve("docker-compose.yml"));
    postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(folder.resolve("data")));
    simulatorPorts = freePorts(3);
    start("venue-simulator");
    Waiting.until(
        "simulator", START, () -> running.get("venue-simulator").output().contains("ready"));
    for (String service :
        List.of("command-side-1", "command-side-2", "query-side-1", "query-side-2")) {
      ports.put(service, freePorts(1));
      start(service);
    }
    for (String service : ports.keySet()) {
      Waiting.until(
          service + " is ready",
          START,
          () -> {
            assertThat(running.get(service).isAlive()).as(running.get(service).output()).isTrue();
            return get(base(service), "/actuator/health/readiness").statusCode() == 200;
          });
    }
    proxy = ReverseProxy.start(folder, places());
  }

  /** Where the hosts of the compose network are here. */
  private Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    ports.forEach(
        (service, port) ->
            places.put(
                service + (service.startsWith("command") ? ":5001" : ":5002"),
                "127.0.0.1:" + port));
    return places;
  }

  @AfterEach
  void stopServices() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
    for (JavaProgram program : running.values()) {
      program.close();
      Files.writeString(
          Path.of("target", "TwoShapesIT-" + program.name() + ".log"), program.output());
    }
    if (postgres != null) {
      postgres.close();
    }
    client.close();
  }

  @Test
  void theLossOfOneOfEachLosesNothing() throws Exception {
    Waiting.until("a synced book", START, this::synced);
    String first = holderOf("engine");
    String standby = other(first);
    refusesAsStandby(standby);

    Map<String, String> acknowledged;
    try (OrderLoad load = OrderLoad.on(proxy.base())) {
      load.awaitMore(ORDERS, START);
      running.get(first).kill();
      Duration engine =
          Waiting.until("engine's lease", TAKE_OVER, () -> holderOf("engine").equals(standby));
      Duration orders = load.awaitNew(START);
      Waiting.until("a synced book", START, this::synced);
      load.awaitMore(ORDERS, START);

      String reader = holderOf("projection:execution");
      String heir = other(reader);
      running.get(reader).kill();
      readsGoOn();
      Duration projections =
          Waiting.until("projections' leases", TAKE_OVER, () -> holdsAllProjections(heir));
      load.awaitMore(ORDERS, START);
      System.out.printf(
          "engine's lease taken over after %d ms, orders again %d ms later;"
              + " projections' leases after %d ms%n",
          engine.toMillis(), orders.toMillis(), projections.toMillis());
      load.close();
      running.get(standby).stop();
      running.get(heir).stop();
      assertThat(load.unexpected()).isEmpty();
      acknowledged = load.acknowledged();
    }
    check(acknowledged);
  }

  private void check(Map<String, String> acknowledged) throws Exception {
    try (Connection connection = postgres.database().connect()) {
      LogAudit audit = LogAudit.of(connection, acknowledged);
      assertThat(audit.findings()).isEmpty();
      assertThat(audit.eventsOfEpochs()).as("events of each epoch").hasSizeGreaterThanOrEqualTo(2);
      System.out.printf(
          "%d events, %d acknowledged orders, events an epoch %s%n",
          audit.head(), acknowledged.size(), audit.eventsOfEpochs());
    }
    assertThat(Rebuild.differences(postgres.database(), folder)).isEmpty();
  }

  /** By turns to the process that is gone and to the one that is left. */
  private void readsGoOn() throws Exception {
    for (int read = 0; read < 8; read++) {
      assertThat(get(proxy.base(), "/api/portfolio").statusCode()).isEqualTo(200);
    }
  }

  private void refusesAsStandby(String standby) throws Exception {
    String order = "{\"symbol\":\"ETH-USDT\",\"side\":\"BUY\",\"quantity\":\"0.010\"}";
    HttpRequest placing =
        HttpRequest.newBuilder(base(standby).resolve("/api/orders"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order))
            .build();
    for (HttpResponse<String> answer :
        List.of(
            client.send(placing, BodyHandlers.ofString()),
            get(base(standby), "/api/l2/ALTO/ETH-USDT"))) {
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("/problems/not-lease-holder");
    }
  }

  private boolean synced() throws Exception {
    return get(proxy.base(), "/api/l2/ALTO/ETH-USDT").body().contains("\"SYNCED\"");
  }

  private boolean holdsAllProjections(String service) throws SQLException {
    List<String> leases = rows("SELECT name FROM lease WHERE name LIKE 'projection:%'");
    for (String lease : leases) {
      if (!holderOf(lease).equals(service)) {
        return false;
      }
    }
    return !leases.isEmpty();
  }

  /** The service that holds a lease; its holder's name starts with the process number. */
  private String holderOf(String lease) throws SQLException {
    List<String> holders =
        rows("SELECT holder FROM lease WHERE name = '" + lease + "' AND expires_at > now()");
    return running.entrySet().stream()
        .filter(each -> holders.stream().anyMatch(h -> h.startsWith(each.getValue().pid() + "@")))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("nobody");
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = postgres.database().connect()) {
      return LogAudit.rows(connection, sql).stream().map(List::getFirst).toList();
    }
  }

  private static String other(String service) {
    return service.endsWith("1") ? service.replace("1", "2") : service.replace("2", "1");
  }

  private void start(String name) throws IOException {
    Service service = compose.service(name);
    Map<String, String> environment = new LinkedHashMap<>();
    service.environment().forEach((key, value) -> environment.put(key, onLoopback(value)));
    environment.put("PAPERTAPE_CONTRACTS_RESPONSES", "FAIL");
    if (ports.containsKey(name)) {
      environment.put("SERVER_PORT", String.valueOf(ports.get(name)));
      environment.put("SERVER_ADDRESS", "127.0.0.1");
      environment.put("PAPERTAPE_DATABASE_USER", postgres.user());
      environment.put("PAPERTAPE_DATABASE_PASSWORD", postgres.password());
    }
    List<String> arguments = new ArrayList<>();
    service.arguments().forEach(argument -> arguments.add(onLoopback(argument)));
    running.put(name, JavaProgram.start(name, folder, environment, service.mainClass(), arguments));
  }

  /** Hosts of the compose network and their ports, as they are here. */
  private String onLoopback(String value) {
    String mapped =
        value
            .replace("postgres:5432", "127.0.0.1:" + postgres.port())
            .replace("0.0.0.0", "127.0.0.1");
    if (mapped.equals("5100")) {
      return String.valueOf(simulatorPorts);
    }
    for (int venue = 0; venue < 3; venue++) {
      mapped =
          mapped.replace(
              "venue-simulator:" + (5100 + venue), "127.0.0.1:" + (simulatorPorts + venue));
    }
    return mapped;
  }

  private URI base(String service) {
    return URI.create("http://127.0.0.1:" + ports.get(service));
  }

  private HttpResponse<String> get(URI base, String path) throws Exception {
    return client.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString());
  }

  /** The first of so many neighbouring free ports. */
  private static int freePorts(int count) throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      List<ServerSocket> open = new ArrayList<>();
      try {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        int first = open.getFirst().getLocalPort();
        for (int next = 1; next < count; next++) {
          open.add(new ServerSocket(first + next, 1, InetAddress.getLoopbackAddress()));
        }
        return first;
      } catch (IOException | IllegalArgumentException taken) {
        continue;
      } finally {
        for (ServerSocket socket : open) {
          socket.close();
        }
      }
    }
    throw new IOException("no " + count + " neighbouring ports are free");
  }
}
