package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The books at the end of real captures equal an independent reconstruction of them. */
class RecordedFeedTest {

  @ParameterizedTest
  @CsvSource({
    "spot_btcusdt_20240808.gz, BTCUSDT, BINANCE, 41249, 564",
    "usdm_btcusdt_20240808.gz, BTCUSDT, BINANCE_USDM, 93954, 629",
    "usdm_ethusdt_20240808.gz, ETHUSDT, BINANCE_USDM, 74655, 551",
    "cm_ethusd_perp_20240808.gz, ETHUSD_PERP, BINANCE_COINM, 40454, 1345"
  })
  void finalBookEqualsTheRecordersOwn(
      String file, String symbol, String venue, long frames, long quotes) throws IOException {
    PlayReport report = play(file);

    JsonNode expected =
        new ObjectMapper()
            .readTree(SharedCaptures.l2("L2_EXPECTED.json").toFile())
            .path("results")
            .path("hftbacktest/" + file + "/" + symbol);
    assertThat(report.frames()).isEqualTo(frames);
    assertThat(report.malformed()).isZero();
    assertThat(report.books()).hasSize(1);
    PlayReport.Book book = report.books().getFirst();
    assertThat(book.file()).isEqualTo(file);
    assertThat(book.venue().name()).isEqualTo(venue);
    assertThat(book.symbol()).isEqualTo(symbol);
    assertThat(book.state()).isEqualTo(BookState.SYNCED);
    assertThat(book.lastUpdateId()).isEqualTo(expected.path("final_u").longValue());
    assertThat(book.levels()).isEqualTo(integers(expected.path("final_levels")));
    assertThat(book.bestBid()).isEqualTo(texts(expected.path("final_best_bid")));
    assertThat(book.bestAsk()).isEqualTo(texts(expected.path("final_best_ask")));
    assertThat(book.top20Sha256()).isEqualTo(expected.path("sha256_top20").textValue());
    assertThat(book.snapshotLastUpdateId())
        .isEqualTo(expected.path("snapshot_lastUpdateId").longValue());
    assertThat(book.staleDropped()).isEqualTo(expected.path("stale_dropped").longValue());
    assertThat(book.applied()).isEqualTo(expected.path("applied").longValue());
    assertThat(book.gaps()).isZero();
    assertThat(book.resyncs()).isZero();
    assertThat(book.bookTickers().verified()).isEqualTo(quotes);
    assertThat(book.bookTickers().failed()).isZero();
  }

  @Test
  void captureWithoutASnapshotIsUnverifiable() throws IOException {
    PlayReport report = play("spot_btcusdt_20240809.gz");

    PlayReport.Book book = report.books().getFirst();
    assertThat(book.state()).isEqualTo(BookState.UNVERIFIABLE);
    assertThat(book.levels()).containsExactly(0, 0);
    assertThat(book.lastUpdateId()).isNull();
    assertThat(book.applied()).isZero();
  }

  private static PlayReport play(String... files) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String file : files) {
      paths.add(SharedCaptures.l2("hftbacktest/" + file));
    }
    return play(paths);
  }

  static PlayReport play(List<Path> files) throws IOException {
    try (RecordedFeed feed = RecordedFeed.open(files, RecordedVenues.defaults())) {
      return PlayReport.of(feed, play(feed));
    }
  }

  static VenueBooks play(RecordedFeed feed) {
    VenueBooks books =
        new VenueBooks(
            feed.profiles(),
            MarketLimits.defaults(),
            SnapshotRequests.NONE,
            RandomGenerator.of("L64X128MixRandom"));
    while (feed.hasNext()) {
      books.apply(feed.next(), new Silent());
    }
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

  private static final class Silent implements MarketState.Listener {
    @Override
    public void fact(MarketEvent event) {}

    @Override
    public void bookChanged(BookView book) {}

    @Override
    public void traded(PublicTrade trade) {}
  }
}
