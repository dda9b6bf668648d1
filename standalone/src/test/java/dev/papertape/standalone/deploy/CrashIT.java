package dev.papertape.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the whole program, and of its PostgreSQL, under 64 concurrent callers. Property {@code
 * papertape.crash.kills} says how often each (2).
 */
@Timeout(1_200)
class CrashIT {
  private static final int KILLS = Integer.getInteger("papertape.crash.kills", 2);
  private static final int ORDERS_BETWEEN = 300;
  private static final Duration START = Duration.ofMinutes(2);

  @TempDir Path folder;

  private int port;

  @Test
  void nothingAcknowledgedIsLostOrDoneTwice() throws Exception {
    port = freePort();
    Path data = folder.resolve("data");
    URI base = URI.create("http://127.0.0.1:" + port);
    JavaProgram program = start(data);
    try (OrderLoad load = OrderLoad.on(base)) {
      load.awaitMore(ORDERS_BETWEEN, START);
      for (int kill = 1; kill <= KILLS; kill++) {
        program.kill();
        program = start(data);
        Duration back = load.awaitMore(1, START);
        System.out.printf("program killed: orders again after %d ms%n", back.toMillis());
        load.awaitMore(ORDERS_BETWEEN, START);
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        ProcessHandle killed = postmaster(data);
        killed.destroyForcibly();
        // Until then its orphaned backends may still answer what they had begun.
        Waiting.until("another server", START, () -> postmaster(data).pid() != killed.pid());
        Duration back = load.awaitMore(1, START);
        System.out.printf(
            "postmaster killed: orders again %d ms after its restart%n", back.toMillis());
        load.awaitMore(ORDERS_BETWEEN, START);
      }
      assertThat(statusOf(base.resolve("/api/health"))).isEqualTo(200);
      load.close();
      program.stop();
      assertThat(load.unexpected()).isEmpty();
      check(data, load.acknowledged());
    } finally {
      Files.writeString(Path.of("target", "CrashIT-program.log"), program.output());
      program.close();
      stopWhatIsLeft(data);
    }
  }

  private void check(Path data, Map<String, String> acknowledged) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(data))) {
      try (Connection connection = postgres.database().connect()) {
        LogAudit.hasNoHole(connection);
        LogAudit.hasEveryOrderOnce(connection, acknowledged);
        System.out.printf(
            "%d events, %d acknowledged orders, events an epoch %s%n",
            LogAudit.head(connection), acknowledged.size(), LogAudit.epochsNeverFall(connection));
      }
      Rebuild.givesTheSameRows(postgres.database(), folder);
    }
  }

  private JavaProgram start(Path data) throws IOException {
    return JavaProgram.start(
        "papertape",
        folder,
        Map.of(),
        Papertape.class.getName(),
        List.of("serve", "--port", String.valueOf(port), "--data", data.toString()));
  }

  /** The process that the cluster's own file names. */
  private static ProcessHandle postmaster(Path data) throws IOException {
    try (var files = Files.walk(data)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().equals("postmaster.pid"))
              .findFirst()
              .orElseThrow();
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
          .orElseThrow();
    }
  }

  /** A killed program leaves its server behind. */
  private static void stopWhatIsLeft(Path data) {
    try {
      postmaster(data).destroy();
    } catch (IOException | RuntimeException stopped) {
      // As it should be.
    }
  }

  private static int statusOf(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
