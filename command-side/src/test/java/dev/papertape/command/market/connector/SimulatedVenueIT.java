package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.book.BookReport;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.simulator.SimulatedVenue;
import dev.papertape.simulator.VenueSimulator;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueWire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every connector and the books against the simulator over real HTTP and WebSocket. */
class SimulatedVenueIT {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Symbol ETH = new Symbol("ETH-USDT");
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<VenueInput> inputs = new ArrayBlockingQueue<>(1024);
  private final List<MarketEvent> facts = new ArrayList<>();
  private VenueSimulator simulator;
  private Venue venue;
  private VenueConnector connector;
  private long trades;
  private VenueBooks books;
  private Instant feedTime = Instant.EPOCH;

  private void connect(VenueWire spoken) {
    SimulatorConfig usual = SimulatorConfig.defaults(7).withAddress("127.0.0.1", 0);
    simulator =
        VenueSimulator.start(
            usual.withVenues(
                usual.venues().stream().filter(each -> each.wire() == spoken).toList()));
    SimulatedVenue simulated = simulator.venues().getFirst();
    venue = new Venue(simulated.name());
    WireProtocol wire = wire(spoken);
    String stream = simulated.wsBaseUrl() + (spoken == VenueWire.KRAKEN ? "/v2" : "");
    ConnectorSettings settings =
        ConnectorSettings.of(
                venue, 0, URI.create(simulated.restBaseUrl()), URI.create(stream), Set.of(BTC, ETH))
            .withSnapshotDepth(100);
    connector =
        VenueConnector.of(
            wire,
            settings,
            TestCalls.to(venue, wire),
            Clock.systemUTC(),
            new Random(1),
            inputs::put,
            FrameTap.NONE);
    VenueProfile profile =
        new VenueProfile(
            venue,
            VenueKind.SIMULATED,
            List.of(simulated.wsBaseUrl()),
            new VenueFees(1, 2),
            new VenueLatency(1, 2, 3),
            List.of("L2", "TRADES"),
            wire.integrity());
    books = new VenueBooks(List.of(profile), MarketLimits.defaults(), connector, new Random(1));
    connector.start();
  }

  private static WireProtocol wire(VenueWire spoken) {
    return switch (spoken) {
      case BINANCE -> WireProtocol.BINANCE_SPOT;
      case COINBASE -> WireProtocol.COINBASE;
      case KRAKEN -> WireProtocol.KRAKEN;
    };
  }

  @AfterEach
  void close() {
    connector.close();
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void booksAreSyncedAndStaySo(VenueWire wire) throws InterruptedException {
    connect(wire);
    runUntil(() -> synced(BTC) && synced(ETH));
    long before = applied(BTC);
    runUntil(() -> applied(BTC) > before + 60 && trades > 3);

    assertThat(books.malformedFrames()).isZero();
    assertThat(books.bookReports())
        .allMatch(
            book -> book.gaps() == 0 && book.resyncs() == 0 && book.checksums().failed() == 0);
    Double verified = books.book(venue, BTC).verifiedPercent();
    if (wire == VenueWire.KRAKEN) {
      assertThat(book(BTC).checksums().verified()).isGreaterThan(60);
      assertThat(verified).as("changes below the tenth level prove nothing").isLessThan(100);
    } else {
      assertThat(verified).isGreaterThan(90);
    }
  }

  /** Lost on the way: a gap in the numbers, or a checksum that differs; then synced again. */
  @ParameterizedTest
  @CsvSource({"BINANCE, GAP", "COINBASE, GAP", "KRAKEN, DIVERGENCE"})
  void lostMessagesAreNoticedAndTheBookIsSyncedAgain(VenueWire wire, String reason)
      throws InterruptedException {
    connect(wire);
    runUntil(() -> synced(BTC) && synced(ETH));
    simulator.loseDepthMessages(venue.name(), 30);

    runUntil(() -> resynced(BTC, reason) && synced(BTC) && synced(ETH));
    long before = applied(BTC);
    runUntil(() -> applied(BTC) > before + 30);

    assertThat(synced(BTC)).isTrue();
    assertThat(book(BTC).resyncs()).isPositive();
    assertThat(facts)
        .as("healed over the same connection")
        .noneMatch(MarketEvent.VenueDisconnected.class::isInstance);
  }

  /** Each fault is found for what it is, whatever the wire; the books are synced again after it. */
  @ParameterizedTest
  @EnumSource
  void brokenMessagesAreFoundForWhatTheyAre(VenueWire wire) throws Exception {
    connect(wire);
    runUntil(() -> synced(BTC) && synced(ETH));
    assertThat(found(QualityReason.DEPTH_SPIKE)).isZero();
    // The guards say nothing of a book before they have seen forty of its states.
    runUntil(() -> applied(BTC) > 60 && applied(ETH) > 60);
    breakNext("depth-spike");
    runUntil(() -> found(QualityReason.DEPTH_SPIKE) > 0);
    runUntil(() -> synced(BTC) && synced(ETH));
    assertThat(found(QualityReason.CHECKSUM_DIVERGENCE)).as("only the guard can see it").isZero();

    breakNext("off-tick");
    runUntil(() -> found(QualityReason.OFF_TICK) == 1 && synced(BTC) && synced(ETH));
    breakNext("crossed");
    runUntil(() -> found(QualityReason.CROSSED) == 1 && synced(BTC) && synced(ETH));
    breakNext("far-trade");
    runUntil(() -> found(QualityReason.TRADE_FAR_FROM_BOOK) == 1);
    breakNext("malformed");
    runUntil(() -> found(QualityReason.SCHEMA) == 1 && synced(BTC) && synced(ETH));
    assertThat(found(QualityReason.CHECKSUM_DIVERGENCE)).isZero();
  }

  private void breakNext(String fault) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI door = URI.create(simulator.venues().getFirst().restBaseUrl() + "/sim/break/" + fault);
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(door).POST(BodyPublishers.noBody()).build(),
                      BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private long found(QualityReason reason) {
    return books.streamCounts().getOrDefault(venue, List.of()).stream()
        .mapToLong(stream -> stream.byReason().getOrDefault(reason, 0L))
        .sum();
  }

  @ParameterizedTest
  @EnumSource
  void cutConnectionIsHealed(VenueWire wire) throws InterruptedException {
    connect(wire);
    runUntil(() -> synced(BTC) && synced(ETH));
    assertThat(simulator.dropConnections(venue.name())).isEqualTo(1);

    runUntil(() -> resynced(BTC, "DISCONNECTED") && resynced(ETH, "DISCONNECTED"));

    assertThat(synced(BTC)).isTrue();
    assertThat(facts)
        .filteredOn(MarketEvent.VenueConnected.class::isInstance)
        .extracting(fact -> ((MarketEvent.VenueConnected) fact).reconnects())
        .containsExactly(0L, 1L);
  }

  private boolean synced(Symbol symbol) {
    BookView view = books.book(venue, symbol);
    return view != null && view.state(feedTime) == BookState.SYNCED;
  }

  private boolean resynced(Symbol symbol, String reason) {
    return facts.stream()
        .anyMatch(
            fact ->
                fact instanceof BookResynced resynced
                    && resynced.symbol().equals(symbol)
                    && resynced.reason().equals(reason));
  }

  private long applied(Symbol symbol) {
    return book(symbol).applied();
  }

  private BookReport book(Symbol symbol) {
    return books.bookReports().stream()
        .filter(book -> book.symbol().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  /** Plays the engine: applies what comes, ticks in between. */
  private void runUntil(BooleanSupplier reached) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting; facts %s", facts).isLessThan(deadline);
      VenueInput input = inputs.poll(100, TimeUnit.MILLISECONDS);
      if (input == null) {
        feedTime = Clock.systemUTC().instant();
      } else {
        feedTime = input.receivedAt();
        books.apply(input, listener);
      }
      books.tick(feedTime, listener);
    }
  }

  private final MarketState.Listener listener =
      new MarketState.Listener() {
        @Override
        public void fact(MarketEvent event) {
          facts.add(event);
        }

        @Override
        public void bookChanged(BookView book) {}

        @Override
        public void traded(PublicTrade trade) {
          trades++;
        }
      };
}
