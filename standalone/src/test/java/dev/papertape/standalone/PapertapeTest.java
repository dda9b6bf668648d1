package dev.papertape.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person at a terminal gets. */
class PapertapeTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"serve", "play", "bench", "record"})
  void everyVerbHasHelp(String verb) {
    assertThat(run(verb, "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: papertape " + verb);
    assertThat(err.size()).isZero();
  }

  @Test
  void helpNamesTheVerbs() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("serve", "play", "bench", "record");
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefuses("Port " + port + " on loopback is taken", "serve", "--port", port);
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void withoutAVerbItServes() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefuses("Port " + port, "--port=" + port);
    }
  }

  @Test
  void anUnreachableDatabaseIsNamedWithoutItsPassword() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + closed + "/tape";
    assertRefuses(
        "The database at " + url + " does not let us in: Connection to 127.0.0.1:",
        "serve",
        "--port=0",
        "--database-url=" + url + "?user=me&password=hush");
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("hush");
  }

  @Test
  void aDataFolderThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "");
    assertRefuses("The data folder " + file, "serve", "--port=0", "--data=" + file);
  }

  @Test
  void aRecordingFeedNeedsARecording() {
    assertRefuses("--feed recording and --recording FILE", "serve", "--feed=recording");
    assertRefuses("--feed recording and --recording FILE", "serve", "--recording=x.gz");
  }

  @Test
  void aMissingRecordingIsNamed() {
    assertRefuses("There is no file nowhere.gz.", "play", "nowhere.gz");
  }

  @Test
  void playLeavesALogThatIsThereAlone() throws IOException {
    Path recording = Files.writeString(folder.resolve("r.gz"), "");
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("postgres/cluster"));
    assertRefuses("holds a log already", "play", recording.toString(), "--data=" + data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x", "fast", "-1x", "1e3x", "x"})
  void aSpeedThatIsNoneIsRefused(String speed) {
    assertRefuses("--speed", "serve", "--speed=" + speed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--feed=dream", "--env=staging", "--seed=one", "--port=web", "--nonsense"})
  void anOptionThatMakesNoSenseIsRefused(String option) {
    assertRefuses("papertape serve --help", "serve", option);
  }

  @Test
  void anUnknownVerbIsRefused() {
    assertRefuses("frobnicate", "frobnicate");
  }

  private void assertRefuses(String why, String... arguments) {
    err.reset();
    assertThat(run(arguments)).as("exit code of " + String.join(" ", arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(why).hasLineCount(1);
    assertThat(out.size()).isZero();
  }

  private int run(String... arguments) {
    return Papertape.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments);
  }
}
