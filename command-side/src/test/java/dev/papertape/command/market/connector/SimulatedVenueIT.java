package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.simulator.SimulatedVenue;
import dev.papertape.simulator.VenueSimulator;
import dev.papertape.simulator.config.SimulatorConfig;
import java.net.URI;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector and the books against the simulator over real HTTP and WebSocket. */
class SimulatedVenueIT {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Symbol ETH = new Symbol("ETH-USDT");
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<VenueInput> inputs = new ArrayBlockingQueue<>(1024);
  private final List<MarketEvent> facts = new ArrayList<>();
  private VenueSimulator simulator;
  private Venue venue;
  private BinanceConnector connector;
  private VenueBooks books;
  private Instant feedTime = Instant.EPOCH;

  @BeforeEach
  void connect() {
    simulator = VenueSimulator.start(SimulatorConfig.defaults(7).withAddress("127.0.0.1", 0));
    SimulatedVenue simulated = simulator.venues().getFirst();
    venue = new Venue(simulated.name());
    connector =
        new BinanceConnector(
            ConnectorSettings.of(
                venue,
                0,
                URI.create(simulated.restBaseUrl()),
                URI.create(simulated.wsBaseUrl()),
                Set.of(BTC, ETH)),
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
            IntegrityScheme.SEQUENCE);
    books = new VenueBooks(List.of(profile), MarketLimits.defaults(), connector, new Random(1));
    connector.start();
  }

  @AfterEach
  void close() {
    connector.close();
    simulator.close();
  }

  @Test
  void booksAreSyncedAndStaySo() throws InterruptedException {
    runUntil(() -> synced(BTC) && synced(ETH));
    long before = applied(BTC);
    runUntil(() -> applied(BTC) > before + 30);

    assertThat(books.malformedFrames()).isZero();
    assertThat(books.bookReports()).allMatch(book -> book.gaps() == 0 && book.resyncs() == 0);
    assertThat(books.book(venue, BTC).verifiedPercent()).isGreaterThan(90);
  }

  @Test
  void cutConnectionIsHealed() throws InterruptedException {
    runUntil(() -> synced(BTC) && synced(ETH));
    assertThat(simulator.dropConnections(venue.name())).isEqualTo(1);

    runUntil(() -> resynced(BTC) && resynced(ETH));

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

  private boolean resynced(Symbol symbol) {
    return facts.stream()
        .anyMatch(
            fact ->
                fact instanceof BookResynced resynced
                    && resynced.symbol().equals(symbol)
                    && resynced.reason().equals("DISCONNECTED"));
  }

  private long applied(Symbol symbol) {
    return books.bookReports().stream()
        .filter(book -> book.symbol().equals(symbol))
        .findFirst()
        .orElseThrow()
        .applied();
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
        public void traded(PublicTrade trade) {}
      };
}
