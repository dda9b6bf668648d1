package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.BookState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to cryptofeed's captures is counted and named, and the rest still plays. */
class DamagedCryptofeedTest {
  @TempDir private Path folder;

  @Test
  void brokenTailOfAZstdIsNamedAndTheRestPlays() throws IOException {
    byte[] packed = Files.readAllBytes(SharedCaptures.l2("cryptofeed/COINBASE.v3.jsonl.zst"));
    Path file = folder.resolve("torn.jsonl.zst");
    Files.write(file, Arrays.copyOf(packed, packed.length - 20_000));

    PlayReport report = RecordedFeedTest.play(List.of(file));

    assertThat(report.frames()).isBetween(100L, 1030L);
    assertThat(report.damaged()).singleElement().asString().startsWith("torn.jsonl.zst: ");
    assertThat(report.books()).hasSize(2).allMatch(book -> book.applied() > 0);
    assertThat(report.books()).allMatch(book -> book.state() == BookState.SYNCED);
  }

  @Test
  void brokenTailOfAGzipIsNamedAndTheRestPlays() throws IOException {
    byte[] packed = Files.readAllBytes(SharedCaptures.l2("cryptofeed/KRAKEN.ws.50.0.gz"));
    Path file = folder.resolve("KRAKEN.ws.50.0.gz");
    Files.write(file, Arrays.copyOf(packed, packed.length - 50_000));

    PlayReport report = RecordedFeedTest.play(List.of(file));

    assertThat(report.damaged()).singleElement().asString().startsWith("KRAKEN.ws.50.0.gz: ");
    assertThat(report.books()).hasSize(10);
    assertThat(report.books()).allMatch(book -> book.checksums().failed() == 0);
    assertThat(report.books().stream().mapToLong(book -> book.checksums().verified()).sum())
        .isBetween(1000L, 4268L);
  }

  @Test
  void lineCutInItsMiddleIsMalformedNamedAndBreaksNoBook() throws IOException {
    List<String> lines = lines("KRAKEN.ws.50.0.gz");
    Path file = folder.resolve("KRAKEN.ws.50.0");
    Files.writeString(
        file, String.join("\n", lines.subList(0, 1000)) + "\n" + lines.get(1000).substring(0, 50));

    PlayReport report = RecordedFeedTest.play(List.of(file));

    assertThat(report.malformed()).isEqualTo(1);
    assertThat(report.damaged()).containsExactly("KRAKEN.ws.50.0: its last line is cut off");
    assertThat(report.books()).allMatch(book -> book.state() != BookState.RESYNCING);
  }

  @Test
  void malformedFrameBreaksItsOwnBookOnly() throws IOException {
    List<String> lines = new ArrayList<>(lines("KRAKEN.ws.50.0.gz"));
    String broken = lines.get(1000);
    String pair = broken.replaceFirst(".*\"([A-Z/]+)\"]$", "$1");
    lines.set(1000, broken.substring(0, broken.length() - 30));
    Path file = folder.resolve("KRAKEN.ws.50.0");
    Files.write(file, lines);

    PlayReport report = RecordedFeedTest.play(List.of(file));

    assertThat(report.malformed()).isEqualTo(1);
    assertThat(report.books())
        .filteredOn(book -> book.state() == BookState.RESYNCING)
        .extracting(PlayReport.Book::symbol)
        .containsExactly(pair);
  }

  @Test
  void garbageBetweenLinesIsCountedAndThePlayGoesOn() throws IOException {
    List<String> lines = new ArrayList<>(lines("BINANCE_US.ws.1.0.gz"));
    lines.add(50, "this is no frame");
    lines.add(60, "1633998274.7x: {}");
    lines.add(70, "1633998280.5: <html>");
    Path file = folder.resolve("BINANCE_US.ws.1.0");
    Files.write(file, lines);

    PlayReport report =
        RecordedFeedTest.play(
            List.of(SharedCaptures.l2("cryptofeed/BINANCE_US.http.0.0.gz"), file));

    assertThat(report.malformed()).isEqualTo(3);
    assertThat(report.books()).hasSize(4).allMatch(book -> book.gaps() == 0);
    assertThat(report.books()).noneMatch(book -> book.levels().contains(0));
  }

  /** A futures snapshot and a message of 620 s later: the one true gap of the shared captures. */
  @Test
  void trueGapOfTheNautilusPairIsFound() throws IOException {
    List<String> snapshot =
        Files.readAllLines(SharedCaptures.l2("nautilus/btcusdt-depth-snap.csv"));
    List<String> update =
        Files.readAllLines(SharedCaptures.l2("nautilus/btcusdt-depth-update.csv"));
    Path file = folder.resolve("usdm_btcusdt.txt");
    Files.write(
        file,
        List.of(
            "1667346579146000000 https://fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT&limit=100 "
                + "{\"lastUpdateId\":2098021528332,\"bids\":%s,\"asks\":[]}"
                    .formatted(side(snapshot, "b")),
            "1667347199939000000 {\"e\":\"depthUpdate\",\"E\":1667347199939,\"s\":\"BTCUSDT\","
                + "\"U\":2098041693435,\"u\":2098041696700,\"pu\":2098041693400,\"b\":%s,\"a\":%s}"
                    .formatted(side(update, "b"), side(update, "a"))));

    PlayReport report = RecordedFeedTest.play(List.of(file));

    PlayReport.Book book = report.books().getFirst();
    assertThat(report.malformed()).isZero();
    assertThat(book.venue()).isEqualTo(RecordedVenues.USDM);
    assertThat(book.gaps()).isEqualTo(1);
    assertThat(book.applied()).isZero();
    assertThat(book.levels()).as("never stitched over").containsExactly(0, 0);
    assertThat(book.state()).isNotIn(BookState.SYNCED, BookState.STALE);
  }

  private static String side(List<String> csv, String side) {
    return csv.stream()
        .skip(1)
        .map(row -> row.split(","))
        .filter(row -> row[4].equals(side))
        .map(row -> "[\"" + row[6] + "\",\"" + row[7] + "\"]")
        .toList()
        .toString();
  }

  private static List<String> lines(String name) throws IOException {
    try (GZIPInputStream input =
        new GZIPInputStream(Files.newInputStream(SharedCaptures.l2("cryptofeed/" + name)))) {
      return new String(input.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
