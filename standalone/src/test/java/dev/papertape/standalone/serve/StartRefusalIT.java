package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code serve} refuses to start on, in one sentence and with exit code 2, while another one
 * runs on and is not harmed by it. What a damaged data folder says is told by the event store.
 */
@Timeout(600)
class StartRefusalIT {
  private static final int COULD_NOT_RUN = 2;

  /** What a shell calls a program that SIGTERM ended. */
  private static final int TERMINATED = 128 + 15;

  @TempDir static Path folder;
  private static RunningProgram running;

  @BeforeAll
  static void start() throws IOException {
    running = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void aSecondProgramOnTheSameData() throws Exception {
    String sentence = refusal(Map.of(), folder.resolve("data"), "--port", "0");

    assertThat(sentence)
        .contains(folder.resolve("data").toString())
        .contains("Another Papertape (process ");
    assertTheFirstGoesOn();
  }

  @Test
  void aPortThatThisProgramHolds() throws Exception {
    String port = Integer.toString(running.port());

    assertThat(refusal(Map.of(), folder.resolve("other"), "--port", port))
        .isEqualTo(
            "Port "
                + port
                + " on loopback is taken: stop the program that holds it or choose another"
                + " --port.");
    assertThat(folder.resolve("other")).doesNotExist();
    assertTheFirstGoesOn();
  }

  @Test
  void aPortThatIsNone() throws Exception {
    assertThat(refusal(Map.of(), folder.resolve("other"), "--port", "70000"))
        .isEqualTo("A port is a number from 0 to 65535, not 70000.");
  }

  @Test
  void aFeedOfARecordingWithoutOne() throws Exception {
    assertThat(refusal(Map.of(), folder.resolve("other"), "--feed", "recording"))
        .isEqualTo("--feed recording and --recording FILE go together.");
  }

  @Test
  void aDatabaseThatDoesNotAnswer() throws Exception {
    int silent;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      silent = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + silent + "/papertape";

    assertThat(
            refusal(
                Map.of(), folder.resolve("other"), "--port", "0", "--database-url", url + "?x=y"))
        .startsWith("The database at " + url + " does not let us in: Connection to 127.0.0.1:");
  }

  @Test
  void aDatabaseWithAnotherPassword() throws Exception {
    List<String> postmaster = Files.readAllLines(postmaster(folder.resolve("data")));
    String url = "jdbc:postgresql://127.0.0.1:" + postmaster.get(3).strip() + "/papertape";

    assertThat(
            refusal(
                Map.of(
                    "PAPERTAPE_DATABASE_USER", "papertape",
                    "PAPERTAPE_DATABASE_PASSWORD", "a-wrong-secret"),
                folder.resolve("other"),
                "--port",
                "0",
                "--database-url",
                url))
        .startsWith("The database at " + url + " does not let us in: ")
        .contains("password authentication failed")
        .doesNotContain("a-wrong-secret");
    assertTheFirstGoesOn();
  }

  @Test
  void sigtermStopsItCleanlyAndTheNextStartFindsEverything() throws Exception {
    Path data = folder.resolve("stopped");
    RunningProgram first = RunningProgram.start(data, "--port", "0").awaitReady();
    RunningProgram.await(
        "an event",
        () -> first.get("/api/health").body().path("log").path("position").asLong() > 0);
    long position = first.get("/api/health").body().path("log").path("position").asLong();
    assertThat(postmaster(data)).exists();

    assertThat(first.stop()).isEqualTo(TERMINATED);

    assertThat(postmaster(data)).doesNotExist();
    assertThat(first.output()).doesNotContain("\tat ", " ERROR ", " WARN ");
    try (RunningProgram next = RunningProgram.start(data, "--port", "0").awaitReady()) {
      assertThat(next.get("/api/health").body().path("log").path("position").asLong())
          .isGreaterThanOrEqualTo(position);
    }
  }

  private static void assertTheFirstGoesOn() throws IOException {
    assertThat(running.get("/api/health").status()).isEqualTo(200);
    assertThat(postmaster(folder.resolve("data"))).exists();
  }

  private static Path postmaster(Path data) {
    return data.resolve("postgres/cluster/postmaster.pid");
  }

  /** The one sentence it ends with; there is no stack trace before it. */
  private static String refusal(Map<String, String> environment, Path data, String... options)
      throws IOException, InterruptedException {
    try (RunningProgram refused = RunningProgram.start(environment, data, options)) {
      int code = refused.awaitExit();
      assertThat(code).as(refused.output()).isEqualTo(COULD_NOT_RUN);
      assertThat(refused.output()).doesNotContain("\tat ").doesNotContain(" ERROR ");
      return refused.output().lines().reduce((_, last) -> last).orElse("");
    }
  }
}
