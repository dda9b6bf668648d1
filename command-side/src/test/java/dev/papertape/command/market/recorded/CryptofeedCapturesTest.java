package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.PlayReport.Book;
import dev.papertape.contracts.market.BookState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every book of cryptofeed's captures equals the independent reconstruction in L2_EXPECTED. */
class CryptofeedCapturesTest {

  @ParameterizedTest
  @CsvSource({
    "BINANCE-ee25be.0.gz,            BINANCE-ee25be.0.gz, BINANCE,       3",
    "BINANCE.http BINANCE.ws,        BINANCE,             BINANCE,       4",
    "BINANCE_US.http BINANCE_US.ws,  BINANCE_US,          BINANCE_US,    4",
    "BINANCE_FUTURES.http BINANCE_FUTURES.ws,   BINANCE_FUTURES,  BINANCE_USDM,  4",
    "BINANCE_DELIVERY.http BINANCE_DELIVERY.ws, BINANCE_DELIVERY, BINANCE_COINM, 10"
  })
  void binanceBooksEqualTheReconstruction(String files, String key, String venue, int count)
      throws IOException {
    PlayReport report = play(files.split(" "));
    Map<String, JsonNode> expected = expected(key);

    assertThat(expected).hasSize(count);
    assertThat(report.malformed()).isZero();
    assertThat(report.books())
        .extracting(Book::symbol)
        .hasSize(count)
        .containsAll(expected.keySet());
    for (Book book : report.books()) {
      JsonNode wanted = expected.get(book.symbol());
      String which = key + "/" + book.symbol();
      assertThat(book.venue().name()).as(which).isEqualTo(venue);
      assertThat(book.lastUpdateId()).as(which).isEqualTo(wanted.path("final_u").longValue());
      assertThat(book.levels()).as(which).isEqualTo(integers(wanted.path("final_levels")));
      assertThat(book.bestBid()).as(which).isEqualTo(texts(wanted.path("final_best_bid")));
      assertThat(book.bestAsk()).as(which).isEqualTo(texts(wanted.path("final_best_ask")));
      assertThat(book.top20Sha256()).as(which).isEqualTo(wanted.path("sha256_top20").textValue());
      assertThat(book.snapshotLastUpdateId())
          .as(which)
          .isEqualTo(wanted.path("snapshot_lastUpdateId").longValue());
      assertThat(book.staleDropped()).as(which).isEqualTo(wanted.path("stale_dropped").longValue());
      assertThat(book.applied()).as(which).isEqualTo(wanted.path("applied").longValue());
      assertThat(book.gaps()).as(which + ": no false gap").isZero();
      assertThat(book.resyncs()).as(which).isZero();
      assertThat(book.bookTickers().failed()).as(which).isZero();
      assertThat(book.state()).as(which).isIn(BookState.SYNCED, BookState.STALE);
    }
  }

  @Test
  void everyChecksumOfKrakensOldCaptureIsVerified() throws IOException {
    PlayReport report =
        play("KRAKEN.0.gz", "KRAKEN.ws.48.0.gz", "KRAKEN.ws.49.0.gz", "KRAKEN.ws.50.0.gz");
    Map<String, JsonNode> expected = expected("KRAKEN.ws.50.0");

    assertThat(report.malformed()).isZero();
    assertThat(report.books()).extracting(Book::symbol).containsAll(expected.keySet()).hasSize(10);
    for (Book book : report.books()) {
      JsonNode wanted = expected.get(book.symbol());
      assertThat(book.venue().name()).isEqualTo("KRAKEN_V1");
      assertThat(book.checksums().verified())
          .as(book.symbol())
          .isEqualTo(wanted.path("crc_ok").longValue());
      assertThat(book.checksums().failed()).isZero();
      assertThat(book.levels()).isEqualTo(integers(wanted.path("final_levels")));
      assertThat(book.bestBid()).isEqualTo(texts(wanted.path("final_top3_bids").path(0)));
      assertThat(book.bestAsk()).isEqualTo(texts(wanted.path("final_top3_asks").path(0)));
      assertThat(book.lastUpdateId()).as("Kraken has no sequence").isNull();
      assertThat(book.gaps()).isZero();
      assertThat(book.state()).isIn(BookState.SYNCED, BookState.STALE);
    }
    assertThat(report.books().stream().mapToLong(book -> book.checksums().verified()).sum())
        .isEqualTo(4269);
  }

  @Test
  void coinbaseProsBooksEqualTheReconstructionAndAreNeverProved() throws IOException {
    PlayReport report = play("COINBASE.0.gz", "COINBASE.ws.28.0.gz");
    Map<String, JsonNode> expected = expected("COINBASE.ws.28.0");

    assertThat(report.malformed()).isZero();
    assertThat(report.books()).extracting(Book::symbol).containsAll(expected.keySet()).hasSize(10);
    for (Book book : report.books()) {
      JsonNode wanted = expected.get(book.symbol());
      assertThat(book.venue().name()).isEqualTo("COINBASE_PRO");
      assertThat(book.applied()).as(book.symbol()).isEqualTo(wanted.path("l2updates").longValue());
      assertThat(book.levels()).isEqualTo(integers(wanted.path("final_levels")));
      assertThat(book.bestBid()).isEqualTo(texts(wanted.path("final_top3_bids").path(0)));
      assertThat(book.bestAsk()).isEqualTo(texts(wanted.path("final_top3_asks").path(0)));
      assertThat(book.gaps()).isZero();
      assertThat(book.state()).as("nothing proves it").isEqualTo(BookState.UNVERIFIABLE);
    }
    assertThat(report.books().stream().mapToLong(Book::applied).sum()).isEqualTo(9719);
  }

  /** No expected book exists: contiguous over all channels, never crossed. */
  @Test
  void advancedTradeIsContiguousAndNeverCrossed() throws IOException {
    PlayReport report = play("COINBASE.v3.jsonl.zst");

    // 1,030 received frames, sequence_num 0 to 1029, and one REST answer.
    assertThat(report.frames()).isEqualTo(1031);
    assertThat(report.malformed()).isZero();
    assertThat(report.books()).extracting(Book::symbol).containsExactly("BTC-USD", "ETH-USD");
    assertThat(report.books().stream().mapToLong(Book::applied).sum()).isEqualTo(773);
    for (Book book : report.books()) {
      assertThat(book.venue().name()).isEqualTo("COINBASE");
      assertThat(book.gaps()).isZero();
      assertThat(book.resyncs()).as("a crossed book is resynced").isZero();
      assertThat(book.state()).isEqualTo(BookState.SYNCED);
    }
  }

  /** Unverifiable is not clean: what nothing proves does not count as verified. */
  @Test
  void verifiedPercentIsThePartThatTheProtocolProves() throws IOException {
    assertThat(verifiedPercents("COINBASE.v3.jsonl.zst")).hasSize(2).containsOnly(100.0);
    assertThat(verifiedPercents("COINBASE.ws.28.0.gz")).hasSize(10).containsOnly(0.0);
    // Of 4,269 changes in books of 1,000 levels, those below the tenth are proved by no checksum.
    assertThat(verifiedPercents("KRAKEN.ws.50.0.gz"))
        .hasSize(10)
        .allSatisfy(percent -> assertThat(percent).isBetween(5.0, 95.0));
  }

  private static List<Double> verifiedPercents(String name) throws IOException {
    List<Double> percents = new ArrayList<>();
    try (RecordedFeed feed =
        RecordedFeed.open(
            List.of(SharedCaptures.l2("cryptofeed/" + name)), RecordedVenues.defaults())) {
      VenueBooks books = RecordedFeedTest.play(feed);
      books.symbols().stream()
          .flatMap(symbol -> books.books(symbol).stream())
          .forEach(book -> percents.add(book.verifiedPercent()));
    }
    return percents;
  }

  @Test
  void captureOfAnotherVenueIsRefusedByItsName() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> play("BYBIT.v3.jsonl.zst"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("BYBIT.v3.jsonl.zst is a recording of BYBIT, which is not decoded");
  }

  private static PlayReport play(String... names) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      String file =
          name.endsWith(".http")
              ? name + ".0.0.gz"
              : name.endsWith(".ws") ? name + ".1.0.gz" : name;
      files.add(SharedCaptures.l2("cryptofeed/" + file));
    }
    return RecordedFeedTest.play(files);
  }

  /** By wire symbol. */
  private static Map<String, JsonNode> expected(String capture) throws IOException {
    JsonNode results =
        new ObjectMapper().readTree(SharedCaptures.l2("L2_EXPECTED.json").toFile()).path("results");
    Map<String, JsonNode> books = new TreeMap<>();
    results
        .properties()
        .forEach(
            result -> {
              if (result.getKey().startsWith(capture + "/")) {
                books.put(result.getKey().substring(capture.length() + 1), result.getValue());
              }
            });
    return books;
  }

  private static List<Integer> integers(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(value -> values.add(value.intValue()));
    return values;
  }

  private static List<String> texts(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.textValue()));
    return values;
  }
}
