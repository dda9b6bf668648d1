package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.BookState;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No capture of several Kraken v2 messages exists, so this one is <b>synthetic</b>: a seeded walk,
 * its checksums made from texts as market-wire.md says, by code that shares nothing with the
 * decoder or the book.
 */
class SyntheticKrakenTest {
  private static final int DEPTH = 25;
  private static final int MESSAGES = 2000;
  private static final long START_NANOS = 1_700_000_000_000_000_000L;

  @TempDir private Path folder;

  @Test
  void everyChecksumIsVerifiedAndTheBookIsTheGenerators() throws IOException {
    Generator generator = new Generator(7);
    PlayReport.Book book = play(generator.lines(MESSAGES));

    assertThat(book.venue().name()).isEqualTo("KRAKEN");
    assertThat(book.symbol()).isEqualTo("BTC/USD");
    assertThat(book.checksums().verified()).as("the snapshot's included").isEqualTo(MESSAGES + 1);
    assertThat(book.checksums().failed()).isZero();
    assertThat(book.state()).isEqualTo(BookState.SYNCED);
    assertThat(book.levels()).containsExactly(generator.bids.size(), generator.asks.size());
    assertThat(new BigDecimal(book.bestBid().getFirst())).isEqualByComparingTo(generator.bestBid());
    assertThat(book.bestBid().getLast()).isEqualTo(generator.bids.get(generator.bestBid()));
    assertThat(book.top20Sha256()).as("numbers have no text on the wire").isNull();
    assertThat(book.lastUpdateId()).isNull();
  }

  @Test
  void lostMessageShowsAsADivergenceAndANewSnapshotHealsIt() throws IOException {
    Generator generator = new Generator(11);
    List<String> lines = new ArrayList<>(generator.lines(1000));
    lines.subList(400, 420).clear();
    PlayReport.Book broken = play(lines);
    assertThat(broken.checksums().failed()).isEqualTo(1);
    assertThat(broken.state()).isEqualTo(BookState.RESYNCING);
    assertThat(broken.levels()).containsExactly(0, 0);

    lines.add(generator.snapshot());
    lines.addAll(generator.updates(200));
    PlayReport.Book healed = play(lines);
    assertThat(healed.state()).isEqualTo(BookState.SYNCED);
    assertThat(healed.resyncs()).isEqualTo(1);
    assertThat(healed.levels()).containsExactly(generator.bids.size(), generator.asks.size());
  }

  /**
   * <b>Synthetic</b> too: 45 s of the venue simulator's CIELO (seed 41), taken by this program's
   * own recorder over a real socket. What is expected is what the recorder's live books said when
   * it stopped.
   */
  @Test
  void captureOfTheSimulatorPlaysToTheRecordersOwnBooks() throws Exception {
    URL capture =
        SyntheticKrakenTest.class.getResource("/captures/synthetic-kraken-v2-of-the-simulator.gz");
    PlayReport report = RecordedFeedTest.play(List.of(Path.of(capture.toURI())));

    assertThat(report.frames()).isEqualTo(688);
    assertThat(report.malformed()).isZero();
    assertThat(report.books())
        .extracting(PlayReport.Book::symbol)
        .containsExactly("BTC/USDT", "SOL/USDT");
    assertThat(report.books())
        .allSatisfy(
            book -> {
              assertThat(book.venue().name()).isEqualTo("CIELO");
              assertThat(book.applied()).isEqualTo(201);
              assertThat(book.checksums().verified()).isEqualTo(202);
              assertThat(book.checksums().failed()).isZero();
              assertThat(book.gaps()).isZero();
              assertThat(book.resyncs()).isZero();
              assertThat(book.state()).isEqualTo(BookState.SYNCED);
            });
    PlayReport.Book btc = report.books().getFirst();
    assertThat(btc.levels()).containsExactly(44, 45);
    assertThat(btc.bestBid()).containsExactly("64043.0", "0.5918");
    assertThat(btc.bestAsk()).containsExactly("64056.5", "0.1445");
    PlayReport.Book sol = report.books().getLast();
    assertThat(sol.levels()).containsExactly(26, 26);
    assertThat(sol.bestBid()).containsExactly("160.20", "50.5");
    assertThat(sol.bestAsk()).containsExactly("160.26", "36.8");
  }

  private PlayReport.Book play(List<String> lines) throws IOException {
    Path file = folder.resolve("kraken.txt");
    Files.write(file, lines);
    PlayReport report = RecordedFeedTest.play(List.of(file));
    assertThat(report.malformed()).isZero();
    return report.books().getFirst();
  }

  /** The venue: both sides as texts, cut to the depth after each message. */
  private static final class Generator {
    private final TreeMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, String> asks = new TreeMap<>();
    private final Random random;
    private long clock = START_NANOS;

    Generator(long seed) {
      random = new Random(seed);
      for (int i = 1; i <= DEPTH; i++) {
        bids.put(price(-i), quantity());
        asks.put(price(i), quantity());
      }
    }

    BigDecimal bestBid() {
      return bids.firstKey();
    }

    List<String> lines(int updates) {
      List<String> lines = new ArrayList<>();
      lines.add("{\"venue\":\"KRAKEN\",\"wire\":\"KRAKEN\",\"symbols\":[\"BTC-USD\"]}");
      lines.add(
          line("{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"system\":\"online\"}]}"));
      lines.add(
          line(
              "{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"symbol\":\"BTC/USD\","
                  + "\"depth\":25,\"snapshot\":true},\"success\":true,\"req_id\":1}"));
      lines.add(snapshot());
      lines.addAll(updates(updates));
      return lines;
    }

    String snapshot() {
      return message("snapshot", bids, asks);
    }

    List<String> updates(int count) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        lines.add(update());
      }
      return lines;
    }

    private String update() {
      Map<BigDecimal, String> bidChanges = new TreeMap<>();
      Map<BigDecimal, String> askChanges = new TreeMap<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        boolean bid = random.nextBoolean();
        TreeMap<BigDecimal, String> side = bid ? bids : asks;
        BigDecimal at = price((bid ? -1 : 1) * (1 + random.nextInt(DEPTH + 10)));
        boolean removes = side.containsKey(at) && side.size() > 12 && random.nextInt(3) == 0;
        String quantity = removes ? "0.00000000" : quantity();
        (bid ? bidChanges : askChanges).put(at, quantity);
        if (removes) {
          side.remove(at);
        } else {
          side.put(at, quantity);
        }
      }
      cut(bids);
      cut(asks);
      return message("update", bidChanges, askChanges);
    }

    private static void cut(TreeMap<BigDecimal, String> side) {
      while (side.size() > DEPTH) {
        side.pollLastEntry();
      }
    }

    private String message(
        String type, Map<BigDecimal, String> bidLevels, Map<BigDecimal, String> askLevels) {
      return line(
          ("{\"channel\":\"book\",\"type\":\"%s\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":%s,"
                  + "\"asks\":%s,\"checksum\":%d,\"timestamp\":\"2023-11-14T22:13:20.000000Z\"}]}")
              .formatted(type, levels(bidLevels), levels(askLevels), checksum()));
    }

    private long checksum() {
      CRC32 crc = new CRC32();
      String text = top(asks) + top(bids);
      crc.update(text.getBytes(StandardCharsets.US_ASCII));
      return crc.getValue();
    }

    private static String top(Map<BigDecimal, String> side) {
      return side.entrySet().stream()
          .limit(10)
          .map(level -> bare(level.getKey().toPlainString()) + bare(level.getValue()))
          .collect(Collectors.joining());
    }

    private static String bare(String decimal) {
      return decimal.replace(".", "").replaceFirst("^0+", "");
    }

    private static String levels(Map<BigDecimal, String> levels) {
      return levels.entrySet().stream()
          .map(
              level ->
                  "{\"price\":%s,\"qty\":%s}"
                      .formatted(level.getKey().toPlainString(), level.getValue()))
          .toList()
          .toString();
    }

    private static BigDecimal price(int ticks) {
      return new BigDecimal("45284.0")
          .add(new BigDecimal("0.1").multiply(BigDecimal.valueOf(ticks)));
    }

    private String quantity() {
      return BigDecimal.valueOf(1 + random.nextInt(200_000_000), 8).toPlainString();
    }

    private String line(String frame) {
      clock += 50_000_000;
      return clock + " " + frame;
    }
  }
}
