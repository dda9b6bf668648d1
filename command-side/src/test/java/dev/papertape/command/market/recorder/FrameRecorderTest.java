package dev.papertape.command.market.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Venue;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk while the recorder still runs: what a kill -9 would leave. */
class FrameRecorderTest {
  private static final Venue VENUE = new Venue("V");
  private static final Map<Venue, WireProtocol> WIRES = Map.of(VENUE, WireProtocol.KRAKEN);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] FRAME =
      "{\"channel\":\"heartbeat\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void Bug_4_headerIsOnTheDiskAtOnce() throws IOException {
    try (FrameRecorder recorder = new FrameRecorder(folder, WIRES, "test")) {
      recorder.connected(VENUE, START, "wss://v", List.of());
      assertThat(onDisk()).startsWith("{\"venue\":\"V\",\"wire\":\"KRAKEN\"").endsWith("}\n");
    }
  }

  @Test
  void Bug_4_framesReachTheDiskThoughNoneFollows() throws Exception {
    try (FrameRecorder recorder = new FrameRecorder(folder, WIRES, "test")) {
      recorder.connected(VENUE, START, "wss://v", List.of());
      for (int i = 0; i < 100; i++) {
        recorder.frame(VENUE, START.plusMillis(10 * i), FRAME, FRAME.length);
      }
      String written = await(text -> text.lines().count() == 101);
      assertThat(written.lines().toList().getLast())
          .isEqualTo("1767225600990000000 {\"channel\":\"heartbeat\"}");
    }
  }

  @Test
  void Bug_4_endOfASocketIsALineAndTheNextConnectionAFileOfItsOwn() throws IOException {
    try (FrameRecorder recorder = new FrameRecorder(folder, WIRES, "test")) {
      recorder.connected(VENUE, START, "wss://v", List.of());
      recorder.frame(VENUE, START, FRAME, FRAME.length);
      recorder.closed(VENUE, START.plusSeconds(1), "reset\nby peer");
      recorder.disconnected(VENUE);
      assertThat(onDisk()).endsWith("\n1767225601000000000 closed reset by peer\n");
      assertThat(recorder.written())
          .singleElement()
          .extracting(FrameRecorder.Written::frames)
          .isEqualTo(1L);
      recorder.connected(VENUE, START.plusSeconds(2), "wss://v", List.of());
    }
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void diskThatIsFullAtTheStartEndsTheRecordingAndSaysSo() throws IOException {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full");
    try (FrameRecorder recorder =
        new FrameRecorder(folder, WIRES, "test", path -> Files.newOutputStream(full))) {
      recorder.connected(VENUE, START, "wss://v", List.of());
      assertThat(recorder.failure()).hasMessageContaining("No space left");
      recorder.frame(VENUE, START, FRAME, FRAME.length);
      recorder.disconnected(VENUE);
      assertThat(recorder.written()).isEmpty();
    }
  }

  @Test
  void diskThatFillsUpEndsTheRecordingAndSaysSo() throws Exception {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    OutputStream disk =
        new OutputStream() {
          @Override
          public void write(int next) throws IOException {
            if (small.size() == 1000) {
              throw new IOException("No space left on device");
            }
            small.write(next);
          }
        };
    try (FrameRecorder recorder = new FrameRecorder(folder, WIRES, "test", path -> disk)) {
      recorder.connected(VENUE, START, "wss://v", List.of());
      assertThat(recorder.failure()).isNull();
      byte[] noise = new byte[4000];
      new java.util.Random(1).nextBytes(noise);
      recorder.frame(VENUE, START, noise, noise.length);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (recorder.failure() == null && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(recorder.failure()).hasMessage("No space left on device");
      recorder.connected(VENUE, START, "wss://v", List.of());
      assertThat(recorder.failure()).as("not forgotten").isNotNull();
    }
  }

  private String await(Predicate<String> reached) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String text = onDisk();
    while (!reached.test(text)) {
      assertThat(System.nanoTime()).as("still waiting, on the disk: %s", text).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
      text = onDisk();
    }
    return text;
  }

  /** All that can be unpacked of the only file. */
  private String onDisk() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (var files = Files.list(folder);
        InputStream file = Files.newInputStream(files.findFirst().orElseThrow());
        GZIPInputStream unpacked = new GZIPInputStream(file)) {
      for (int next = unpacked.read(); next >= 0; next = unpacked.read()) {
        text.write(next);
      }
    } catch (EOFException open) {
      assertThat(open).isNotNull(); // Nobody has closed it yet.
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
