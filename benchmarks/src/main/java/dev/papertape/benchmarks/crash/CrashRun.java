package dev.papertape.benchmarks.crash;

import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import dev.papertape.standalone.Papertape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * kill -9 of the whole program, and of its PostgreSQL, under 64 concurrent callers; then the audit
 * of what is in the log. The program is started as {@code ./papertape serve} starts it.
 */
final class CrashRun implements AutoCloseable {
  private static final int ORDERS_BETWEEN = 300;
  private static final Duration AT_MOST = Duration.ofMinutes(2);

  private final Path folder;
  private final Path data;
  private final Cluster cluster;
  private final int port;
  private final Thread atExit = new Thread(this::stopAll);
  private volatile JavaProgram program;
  private volatile @Nullable EmbeddedPostgres audited;

  private CrashRun(Path folder) throws IOException {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.cluster = new Cluster(data);
    this.port = freePort();
    this.program = start();
    // A run that is broken off must leave no process behind.
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** One kind of crash; returns when what died has been started again. */
  private interface Crash {
    void happen(int number) throws Exception;
  }

  /**
   * Kills each so many times.
   *
   * @param folder for the data and what the programs print; empty
   * @throws CheckFailed if the program does not come back, or does not stop at the end
   */
  static CrashReport in(Path folder, int kills) throws Exception {
    try (CrashRun run = new CrashRun(folder)) {
      return run.report(kills);
    }
  }

  private CrashReport report(int kills) throws Exception {
    List<Duration> program;
    List<Duration> postgres;
    Map<String, String> acknowledged;
    List<String> unexpected;
    try (OrderLoad load = OrderLoad.on(base())) {
      load.awaitMore(ORDERS_BETWEEN, AT_MOST);
      program = outages(kills, load, _ -> killProgram());
      postgres = outages(kills, load, this::killPostgres);
      requireHealthy();
      load.close();
      acknowledged = load.acknowledged();
      unexpected = load.unexpected();
    }
    this.program.stop();
    return audited(program, postgres, acknowledged, unexpected);
  }

  /** How long after each kill the first order was acknowledged that was sent after the restart. */
  private static List<Duration> outages(int kills, OrderLoad load, Crash crash) throws Exception {
    List<Duration> outages = new ArrayList<>();
    for (int kill = 1; kill <= kills; kill++) {
      long killed = System.nanoTime();
      crash.happen(kill);
      load.awaitNew(AT_MOST);
      outages.add(Duration.ofNanos(System.nanoTime() - killed));
      load.awaitMore(ORDERS_BETWEEN, AT_MOST);
    }
    return outages;
  }

  private void killProgram() throws IOException {
    program.kill();
    program = start();
  }

  /** By turns the postmaster alone, whose backends may still answer, and all of it. */
  private void killPostgres(int number) throws IOException {
    ProcessHandle killed = number % 2 == 1 ? cluster.killPostmaster() : cluster.killAll();
    Waiting.until("another PostgreSQL", AT_MOST, () -> cluster.postmaster().pid() != killed.pid());
  }

  private CrashReport audited(
      List<Duration> program,
      List<Duration> postgres,
      Map<String, String> acknowledged,
      List<String> unexpected)
      throws IOException, SQLException, InterruptedException {
    EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(data));
    audited = server;
    LogAudit audit;
    try (Connection connection = server.database().connect()) {
      audit = LogAudit.of(connection, acknowledged);
    }
    return new CrashReport(
        program,
        postgres,
        acknowledged.size(),
        unexpected,
        audit,
        Rebuild.differences(server.database(), folder));
  }

  private JavaProgram start() throws IOException {
    return JavaProgram.start(
        "papertape",
        folder,
        Map.of(),
        Papertape.class.getName(),
        List.of(
            "serve",
            "--port",
            String.valueOf(port),
            "--data",
            data.toString(),
            "--seed",
            String.valueOf(LogAudit.SEED)));
  }

  private void requireHealthy() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> health =
          client.send(
              HttpRequest.newBuilder(base().resolve("/api/health")).build(),
              HttpResponse.BodyHandlers.ofString());
      if (health.statusCode() != 200) {
        throw new CheckFailed(
            "/api/health answers %d: %s".formatted(health.statusCode(), health.body()));
      }
    }
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // It runs already.
    }
  }

  private void stopAll() {
    program.kill();
    EmbeddedPostgres server = audited;
    if (server != null) {
      server.close();
    }
    cluster.stopWhatIsLeft();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
