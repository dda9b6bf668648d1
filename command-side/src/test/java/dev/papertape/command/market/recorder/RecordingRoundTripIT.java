package dev.papertape.command.market.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.book.BookReport;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.RecordedFeed;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.simulator.SimulatedVenue;
import dev.papertape.simulator.VenueSimulator;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueWire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was recorded of a venue plays back to the books that were kept while it was recorded. */
class RecordingRoundTripIT {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Symbol ETH = new Symbol("ETH-USDT");
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void recordingReplaysToTheSameBooks(VenueWire spoken) throws Exception {
    WireProtocol wire =
        spoken == VenueWire.BINANCE
            ? WireProtocol.BINANCE_SPOT
            : WireProtocol.valueOf(spoken.name());
    SimulatorConfig usual = SimulatorConfig.defaults(9);
    List<BookReport> live;
    List<FrameRecorder.Written> files;
    try (VenueSimulator simulator =
            VenueSimulator.start(
                usual.withVenues(List.of(usual.venues().getFirst().withWire(spoken))));
        FrameRecorder recorder =
            new FrameRecorder(
                folder,
                Map.of(new Venue(simulator.venues().getFirst().name()), wire),
                "round trip")) {
      SimulatedVenue venue = simulator.venues().getFirst();
      RecordingSession session =
          new RecordingSession(List.of(settings(venue, wire)), recorder, Clock.systemUTC(), 1);
      try (session) {
        session.run(patiently(() -> applied(session, BTC) > 40 && applied(session, ETH) > 40));
        // A break and its healing, and a second connection, are recorded too.
        simulator.loseDepthMessages(venue.name(), 5);
        session.run(patiently(() -> resyncs(session, BTC) > 0));
        simulator.dropConnections(venue.name());
        // Whether ETH noticed the loss is chance: on Kraken one below the ten best never shows.
        long before = resyncs(session, BTC);
        long beforeOfEth = resyncs(session, ETH);
        session.run(
            patiently(() -> resyncs(session, BTC) > before && resyncs(session, ETH) > beforeOfEth));
        long applied = applied(session, BTC);
        session.run(patiently(() -> applied(session, BTC) > applied + 20));
      }
      live = session.books();
      files = recorder.written();
      assertThat(recorder.failure()).isNull();
    }

    assertThat(files).as("one file a connection").hasSize(2);
    List<BookReport> played = play(files.stream().map(FrameRecorder.Written::file).toList());
    assertThat(played).hasSameSizeAs(live);
    for (int i = 0; i < live.size(); i++) {
      BookReport wanted = live.get(i);
      BookReport book = played.get(i);
      assertThat(book.venue()).isEqualTo(wanted.venue());
      assertThat(book.wireSymbol()).isEqualTo(wanted.wireSymbol());
      assertThat(book.lastUpdateId()).isEqualTo(wanted.lastUpdateId());
      assertThat(book.levels()).isEqualTo(wanted.levels());
      assertThat(book.top20Sha256()).isEqualTo(wanted.top20Sha256());
      assertThat(book.applied()).isPositive();
    }
    assertThat(played)
        .filteredOn(book -> book.symbol().equals(BTC))
        .allMatch(book -> book.state() == BookState.SYNCED && book.resyncs() > 0);
  }

  private static VenueSettings settings(SimulatedVenue venue, WireProtocol wire) {
    return new VenueSettings(
        new Venue(venue.name()),
        VenueKind.SIMULATED,
        wire,
        URI.create(venue.restBaseUrl()),
        URI.create(venue.wsBaseUrl() + (wire == WireProtocol.KRAKEN ? "/v2" : "")),
        List.of(BTC, ETH),
        new VenueFees(1, 2),
        new VenueLatency(1, 2, 3));
  }

  private static BooleanSupplier patiently(BooleanSupplier reached) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    return () -> {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      return reached.getAsBoolean();
    };
  }

  private static long applied(RecordingSession session, Symbol symbol) {
    return session.books().stream()
        .filter(book -> book.symbol().equals(symbol))
        .mapToLong(BookReport::applied)
        .sum();
  }

  private static long resyncs(RecordingSession session, Symbol symbol) {
    return session.books().stream()
        .filter(book -> book.symbol().equals(symbol))
        .mapToLong(BookReport::resyncs)
        .sum();
  }

  private static List<BookReport> play(List<Path> files) throws IOException {
    try (RecordedFeed feed = RecordedFeed.open(files, RecordedVenues.defaults())) {
      VenueBooks books =
          new VenueBooks(
              feed.profiles(), MarketLimits.defaults(), SnapshotRequests.NONE, new Random(1));
      while (feed.hasNext()) {
        books.apply(feed.next(), new Silent());
      }
      return books.bookReports();
    }
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
