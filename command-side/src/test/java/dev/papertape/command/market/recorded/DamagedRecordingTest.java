package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.contracts.market.BookState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing or broken in a recording is counted and named, and the rest still plays. */
class DamagedRecordingTest {
  private static final String CAPTURE = "hftbacktest/spot_btcusdt_20240808.gz";

  /** Depth messages and the snapshot only, from the real capture. */
  private static List<String> depthLines() throws IOException {
    try (GZIPInputStream input =
        new GZIPInputStream(Files.newInputStream(SharedCaptures.l2(CAPTURE)))) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.contains("depthUpdate") || line.contains("lastUpdateId"))
          .limit(600)
          .toList();
    }
  }

  @Property(tries = 40)
  void droppedMessageIsNeverUnnoticed(
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double where) throws IOException {
    List<String> lines = new ArrayList<>(depthLines());
    // Not the first, which nothing precedes, nor the last, which nothing follows.
    int dropped = 1 + (int) (where * (lines.size() - 2));
    boolean snapshot = lines.remove(dropped).contains("lastUpdateId");

    PlayReport.Book book = play(lines).books().getFirst();

    assertThat(book.gaps()).isEqualTo(snapshot ? 0 : 1);
    if (dropped == 1) {
      assertThat(book.state()).as("the snapshot contains it").isEqualTo(BookState.SYNCED);
    } else {
      assertThat(book.state()).isNotEqualTo(BookState.SYNCED);
      assertThat(book.levels()).as("no book stitched over the gap").containsExactly(0, 0);
    }
  }

  @Test
  void laterSnapshotHealsAGap() throws IOException {
    List<String> lines = new ArrayList<>(depthLines());
    String updateId = lines.get(300).replaceFirst(".*\"u\":([0-9]+).*", "$1");
    String receivedAt = lines.get(301).substring(0, 19);
    // Without levels: those of minutes ago would cross the messages that follow.
    String healing = receivedAt + " {\"lastUpdateId\":" + updateId + ",\"bids\":[],\"asks\":[]}";
    lines.add(302, healing);
    lines.remove(200);

    PlayReport.Book book = play(lines).books().getFirst();

    assertThat(book.gaps()).isEqualTo(1);
    assertThat(book.resyncs()).isEqualTo(1);
    assertThat(book.state()).isEqualTo(BookState.SYNCED);
  }

  @Test
  void lineCutInItsMiddleIsMalformedAndNamed() throws IOException {
    List<String> lines = new ArrayList<>(depthLines());
    PlayReport whole = play(lines);
    lines.add(lines.getLast().substring(0, 80));

    PlayReport cut = play(lines);

    assertThat(cut.frames()).isEqualTo(whole.frames() + 1);
    assertThat(cut.malformed()).isEqualTo(1);
    assertThat(cut.damaged()).singleElement().asString().endsWith(": its last line is cut off");
    assertThat(cut.books()).as("nothing follows, so nothing is broken").hasSize(1);
    assertThat(cut.books().getFirst().top20Sha256())
        .isEqualTo(whole.books().getFirst().top20Sha256());
    assertThat(cut.books().getFirst().state()).isEqualTo(BookState.SYNCED);
  }

  @Test
  void garbageBetweenLinesIsCountedAndThePlayGoesOn() throws IOException {
    List<String> lines = new ArrayList<>(depthLines());
    lines.add(100, "this is no frame");
    lines.add(200, "1723161255000000000 <html>");
    lines.add(300, "99999999999999999999999 {}");

    PlayReport report = play(lines);

    assertThat(report.malformed()).isEqualTo(3);
    assertThat(report.books().getFirst().state()).isEqualTo(BookState.SYNCED);
  }

  @Test
  void brokenTailOfAGzipIsNamedAndTheRestPlays(@TempDir Path folder) throws IOException {
    byte[] packed = gzip(depthLines());
    Path file = folder.resolve("torn.gz");
    Files.write(file, Arrays.copyOf(packed, packed.length - packed.length / 3));

    PlayReport report = RecordedFeedTest.play(List.of(file));

    assertThat(report.frames()).isBetween(100L, 599L);
    assertThat(report.damaged()).singleElement().asString().startsWith("torn.gz: ");
    assertThat(report.books().getFirst().applied()).isPositive();
  }

  @Test
  void twoRecordingsAreMergedByReceiveTime(@TempDir Path folder) throws IOException {
    List<String> lines = depthLines();
    Path even = folder.resolve("even.txt");
    Path odd = folder.resolve("odd.txt");
    List<String> evens = new ArrayList<>();
    List<String> odds = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      (i % 2 == 0 ? evens : odds).add(lines.get(i));
    }
    Files.write(even, evens);
    Files.write(odd, odds);

    PlayReport merged = RecordedFeedTest.play(List.of(even, odd));

    PlayReport.Book whole = play(lines).books().getFirst();
    assertThat(merged.books().getFirst().top20Sha256()).isEqualTo(whole.top20Sha256());
    assertThat(merged.books().getFirst().applied()).isEqualTo(whole.applied());
    assertThat(merged.books().getFirst().gaps()).isZero();
  }

  @Test
  void headerLineOfOurOwnRecordingsNamesTheVenue(@TempDir Path folder) throws IOException {
    List<String> lines = new ArrayList<>(depthLines());
    lines.addFirst("{\"venue\":\"SIM_ALPHA\",\"symbols\":[\"BTC-USDT\"]}");
    Path file = folder.resolve("own.txt");
    Files.write(file, lines);

    PlayReport report = RecordedFeedTest.play(List.of(file));

    assertThat(report.books().getFirst().venue().name()).isEqualTo("SIM_ALPHA");
    assertThat(report.frames()).isEqualTo(600);
    assertThat(report.books().getFirst().state()).isEqualTo(BookState.SYNCED);
  }

  @Test
  void fileOfAnotherKindIsRefusedWithOneSentence(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, "hello\nworld\n");

    assertThatThrownBy(() -> RecordedFeed.open(List.of(file), RecordedVenues.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " is not a recording of a known kind");
  }

  private static PlayReport play(List<String> lines) throws IOException {
    Path file = Files.createTempFile("recording", ".gz");
    try {
      Files.write(file, gzip(lines));
      return RecordedFeedTest.play(List.of(file));
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] gzip(List<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
