package dev.papertape.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.benchmarks.crash.CheckFailed;
import dev.papertape.benchmarks.crash.Cluster;
import dev.papertape.benchmarks.crash.JavaProgram;
import dev.papertape.benchmarks.crash.Waiting;
import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import dev.papertape.standalone.Papertape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Injects each type so many times at seeded moments, all four types at once, into the program as
 * {@code ./papertape serve} starts it; then kills it in the middle of faults.
 */
final class ChaosRun implements AutoCloseable {
  static final List<String> TYPES = List.of("ws_flap", "api_timeout", "l2_gap", "depth_spike");

  private static final Duration AT_MOST = Duration.ofMinutes(3);
  private static final long SEED = 20260101;

  /** From and up to how long a fault lasts, ms. */
  private record Window(long shortest, long longest) {
    /** A held reply takes three time-outs until the breaker is open. */
    static Window of(String type) {
      return type.equals("api_timeout") ? new Window(4_000, 10_000) : new Window(500, 2_000);
    }
  }

  private static final String TWICE =
      """
      SELECT count(*) FROM (
        SELECT convert_from(payload, 'UTF8')::json ->> 'experimentId' AS id, payload_type
        FROM event_log WHERE payload_type IN ('chaos.FaultReverted', 'chaos.FaultApplied')
        GROUP BY 1, 2 HAVING count(*) > 1) again
      """;

  private final Path folder;
  private final Path data;
  private final Cluster cluster;
  private final int port;
  private volatile JavaProgram program;

  private ChaosRun(Path folder) throws IOException {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.cluster = new Cluster(data);
    this.port = freePort();
    this.program = start();
  }

  /**
   * What became of the experiments.
   *
   * @param finished those with a verdict, as the status shows them
   * @param injected how many were accepted
   * @param twice applied or taken back more than once, by the log
   */
  record Report(List<JsonNode> finished, int injected, int kills, long twice) {
    List<JsonNode> of(String type) {
      return finished.stream().filter(each -> each.path("type").asText().equals(type)).toList();
    }

    /** By how much the record of the undo is behind the deadline, ms; of those not cut short. */
    long latestUndoMs() {
      return finished.stream()
          .filter(each -> each.path("revertedBy").asText().equals("DEADLINE"))
          .mapToLong(
              each ->
                  Duration.between(
                          Instant.parse(each.path("endsAt").asText()),
                          Instant.parse(each.path("revertedAt").asText()))
                      .toMillis())
          .max()
          .orElse(0);
    }
  }

  /**
   * @param folder empty; data and output go there
   * @throws CheckFailed if an experiment does not finish, or the books do not come back
   */
  static Report in(Path folder, int each, int kills) throws Exception {
    try (ChaosRun run = new ChaosRun(folder)) {
      return run.report(each, kills);
    }
  }

  private Report report(int each, int kills) throws Exception {
    try (ChaosApi api = new ChaosApi(base())) {
      allSynced(api);
      try (ExecutorService callers = Executors.newFixedThreadPool(TYPES.size())) {
        List<Future<?>> running = new ArrayList<>();
        for (String type : TYPES) {
          running.add(
              callers.submit(
                  () -> {
                    injectMany(api, type, each);
                    return null;
                  }));
        }
        for (Future<?> one : running) {
          one.get();
        }
      }
      allSynced(api);
      for (int kill = 0; kill < kills; kill++) {
        killDuring(api, TYPES.get(kill % TYPES.size()), SEED + kill);
      }
      List<JsonNode> finished = new ArrayList<>();
      for (JsonNode experiment : api.experiments()) {
        if (experiment.path("state").asText().equals("FINISHED")) {
          finished.add(experiment);
        }
      }
      program.stop();
      return new Report(finished, each * TYPES.size() + kills, kills, twice());
    }
  }

  private static void injectMany(ChaosApi api, String type, int count) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED ^ type.hashCode());
    Window window = Window.of(type);
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(Duration.ofMillis(random.nextLong(1_000)).toNanos());
      long duration = random.nextLong(window.shortest, window.longest);
      String id = api.inject(type, duration, random.nextLong(1L << 50));
      while (id.isEmpty()) { // Another type is at that target: another is chosen.
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        id = api.inject(type, duration, random.nextLong(1L << 50));
      }
      String injected = id;
      Waiting.until(type + " " + injected, AT_MOST, () -> api.isFinished(injected));
    }
  }

  private void killDuring(ChaosApi api, String type, long seed) throws IOException {
    String id = api.inject(type, 600_000, seed);
    Waiting.until(
        id + " runs", AT_MOST, () -> api.experiment(id).path("state").asText().equals("RUNNING"));
    program.kill();
    program = start();
    Waiting.until(id + " is finished", AT_MOST, () -> api.isFinished(id));
    JsonNode after = api.experiment(id);
    if (!after.path("revertedBy").asText().equals("RESTART")
        || !after.path("verdict").asText().equals("INCONCLUSIVE")) {
      throw new CheckFailed("Killed in the middle, " + after + ".");
    }
    allSynced(api);
  }

  private static void allSynced(ChaosApi api) {
    Waiting.until("every book is SYNCED", AT_MOST, api::isEveryBookSynced);
  }

  private long twice() throws SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(data));
        Connection connection = server.database().connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(TWICE)) {
      count.next();
      return count.getLong(1);
    }
  }

  private JavaProgram start() throws IOException {
    return JavaProgram.start(
        "papertape",
        folder,
        Map.of(),
        Papertape.class.getName(),
        List.of("serve", "--port", String.valueOf(port), "--data", data.toString()));
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    program.kill();
    cluster.stopWhatIsLeft();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
