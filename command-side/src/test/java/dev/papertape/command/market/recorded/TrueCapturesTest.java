package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.quality.HeldRecord;
import dev.papertape.command.quality.QualityNote;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.quality.StreamCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real venues sent is not bad data: the guards let it all pass. */
class TrueCapturesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hftbacktest/spot_btcusdt_20240808.gz hftbacktest/spot_btcusdt_20240809.gz",
        "hftbacktest/usdm_btcusdt_20240808.gz",
        "hftbacktest/usdm_ethusdt_20240808.gz",
        "hftbacktest/cm_ethusd_perp_20240808.gz",
        "cryptofeed/BINANCE-ee25be.0.gz",
        "cryptofeed/BINANCE.http.0.0.gz cryptofeed/BINANCE.ws.1.0.gz",
        "cryptofeed/BINANCE_US.http.0.0.gz cryptofeed/BINANCE_US.ws.1.0.gz",
        "cryptofeed/BINANCE_FUTURES.http.0.0.gz cryptofeed/BINANCE_FUTURES.ws.1.0.gz",
        "cryptofeed/BINANCE_DELIVERY.http.0.0.gz cryptofeed/BINANCE_DELIVERY.ws.1.0.gz",
        "cryptofeed/COINBASE.v3.jsonl.zst",
        "cryptofeed/COINBASE.ws.28.0.gz",
        "cryptofeed/KRAKEN.ws.50.0.gz",
      })
  void nothingIsPutAsideAndNoBookIsResynced(String files) throws IOException {
    List<HeldRecord> held = new ArrayList<>();
    List<String> resyncs = new ArrayList<>();
    VenueBooks books = play(files, held, resyncs);

    assertThat(held).isEmpty();
    assertThat(resyncs).containsOnly("INITIAL");
    assertThat(books.streamCounts().values())
        .allSatisfy(
            streams ->
                assertThat(streams)
                    .allSatisfy(
                        stream -> assertThat(stream.reconciles()).as(stream.toString()).isTrue()));
    StreamCounts[] all =
        books.streamCounts().values().stream().flatMap(List::stream).toArray(StreamCounts[]::new);
    assertThat(Arrays.stream(all).mapToLong(StreamCounts::received).sum()).isPositive();
  }

  private static VenueBooks play(String names, List<HeldRecord> held, List<String> resyncs)
      throws IOException {
    List<Path> files = Arrays.stream(names.split(" ")).map(SharedCaptures::l2).toList();
    try (RecordedFeed feed = RecordedFeed.open(files, RecordedVenues.defaults())) {
      VenueBooks books =
          new VenueBooks(
              feed.profiles(), MarketLimits.defaults(), SnapshotRequests.NONE, new Random(1));
      MarketState.Listener listener =
          new MarketState.Listener() {
            @Override
            public void fact(MarketEvent event) {
              if (event instanceof MarketEvent.BookResynced resynced) {
                resyncs.add(resynced.reason());
              }
            }

            @Override
            public void bookChanged(BookView book) {}

            @Override
            public void traded(PublicTrade trade) {}

            @Override
            public void noted(QualityNote note) {
              if (note instanceof QualityNote.Held(HeldRecord record)) {
                held.add(record);
              }
            }
          };
      while (feed.hasNext()) {
        books.apply(feed.next(), listener);
      }
      return books;
    }
  }
}
