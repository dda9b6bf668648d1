package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.candle.CandleSettings;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.CandlesSynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.simulator.SimulatedVenue;
import dev.papertape.simulator.VenueSimulator;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.config.VenueWire;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Candles of each wire against the simulator, over HTTP and WebSocket, at twenty times the pace of
 * time: back-fill, live minutes, a pause without us, back-fill and live minutes again; compared
 * with what the venue says of all of it in the end. In the market's quiet minutes nobody trades.
 */
class SimulatedCandlesIT {
  private static final double SPEED = 20;
  private static final Instant START = Instant.parse("2026-03-01T12:34:56.780Z");
  private static final Instant FROM = Instant.parse("2026-03-01T12:20:00Z");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final long PATIENCE_SECONDS = 120;

  private final BlockingQueue<VenueInput> inputs = new LinkedBlockingQueue<>();
  private final Map<Instant, JudgedCandle> told = new TreeMap<>();
  private final List<CandlesSynced> synced = new ArrayList<>();
  private final long startedNanos = System.nanoTime();
  private final InstantSource clock =
      () -> START.plusNanos((long) ((System.nanoTime() - startedNanos) * SPEED));
  private VenueSimulator simulator;
  private Venue venue;
  private WireProtocol wire;
  private VenueConnector connector;
  private VenueBooks books;
  private Instant coveredTo = FROM;
  private @Nullable CandlesFetched lastFetched;

  @AfterEach
  void close() {
    connector.close();
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyMinuteIsToldAsTheVenueTellsIt(VenueWire spoken) throws InterruptedException {
    simulate(spoken);
    connect(CandleMemory.NONE);
    runUntil(() -> !coveredTo.isBefore(minute(3)));
    connector.close();
    inputs.clear();
    Instant pausedAt = coveredTo;
    awaitClock(pausedAt.plus(Duration.ofMinutes(4)));
    connect(new CandleMemory(pausedAt, usable()));
    runUntil(() -> !coveredTo.isBefore(pausedAt.plus(Duration.ofMinutes(7))));

    Instant to = coveredTo;
    connector.requestCandles(venue, BTC, FROM, to);
    runUntil(
        () ->
            lastFetched != null
                && lastFetched.from().equals(FROM)
                && !lastFetched.to().isBefore(to));
    Map<Instant, Bar> truth = new TreeMap<>();
    lastFetched.bars().forEach(bar -> truth.put(bar.openTime(), bar));
    long quiet = 0;
    for (Instant open = FROM; open.isBefore(to); open = open.plusSeconds(60)) {
      Bar wanted = truth.get(open);
      JudgedCandle ours = told.get(open);
      if (wanted == null || wanted.isCarriedForward()) {
        quiet++;
      } else {
        assertThat(ours).as("%s; told %s", open, told.keySet()).isNotNull();
        assertThat(figures(ours.candle().bar())).as("%s", ours).isEqualTo(figures(wanted));
      }
    }
    if (wire != WireProtocol.BINANCE_SPOT) {
      assertThat(quiet).as("minutes without trades").isPositive();
    }
    assertThat(told.values())
        .filteredOn(each -> !each.candle().bar().openTime().isBefore(minute(1)))
        .extracting(JudgedCandle::origin)
        .contains(
            wire == WireProtocol.COINBASE ? CandleOrigin.TRADES : CandleOrigin.STREAM,
            CandleOrigin.REST);
    assertThat(ohlcv().gaps()).isZero();
    assertThat(synced).filteredOn(sync -> sync.source() == CandleOrigin.REST).hasSizeGreaterThan(1);
  }

  private static List<String> figures(Bar bar) {
    return List.of(
        bar.open().stripTrailingZeros().toPlainString(),
        bar.high().stripTrailingZeros().toPlainString(),
        bar.low().stripTrailingZeros().toPlainString(),
        bar.close().stripTrailingZeros().toPlainString(),
        bar.volume().stripTrailingZeros().toPlainString());
  }

  private List<Bar> usable() {
    return told.values().stream().map(each -> each.candle().bar()).toList();
  }

  private StreamCounts ohlcv() {
    return books.streamCounts().getOrDefault(venue, List.of()).stream()
        .filter(counts -> counts.channel() == Channel.OHLCV)
        .findFirst()
        .orElseThrow();
  }

  /** End of the n-th whole minute after the start. */
  private static Instant minute(int n) {
    return Instant.parse("2026-03-01T12:35:00Z").plus(Duration.ofMinutes(n));
  }

  private void simulate(VenueWire spoken) {
    SimulatorConfig usual = SimulatorConfig.defaults(7).withHistoryMinutes(60);
    VenueConfig alto = usual.venues().getFirst();
    Listing btc = alto.listings().getFirst();
    Listing rare =
        new Listing(
            btc.symbol(),
            btc.tickSize(),
            btc.lotSize(),
            btc.minNotional(),
            60,
            btc.touchNotional(),
            20,
            0.03);
    VenueConfig quiet =
        new VenueConfig(
                "ALTO",
                0,
                alto.fees(),
                alto.latency(),
                alto.deviationBps(),
                alto.depthIntervalMillis(),
                alto.depthPhaseMillis(),
                alto.weightPerMinute(),
                alto.refusalsBeforeBan(),
                List.of(rare))
            .withWire(spoken);
    simulator =
        VenueSimulator.start(
            usual
                .withVenues(List.of(quiet))
                .withSpeed(SPEED)
                .withStartEpochMillis(clock.instant().toEpochMilli()));
    venue = new Venue("ALTO");
    wire =
        spoken == VenueWire.BINANCE
            ? WireProtocol.BINANCE_SPOT
            : WireProtocol.valueOf(spoken.name());
  }

  private void connect(CandleMemory memory) {
    SimulatedVenue simulated = simulator.venues().getFirst();
    String stream = simulated.wsBaseUrl() + (wire == WireProtocol.KRAKEN ? "/v2" : "");
    ConnectorSettings settings =
        ConnectorSettings.of(
            venue, 0, URI.create(simulated.restBaseUrl()), URI.create(stream), Set.of(BTC));
    connector =
        VenueConnector.of(
            wire,
            settings,
            TestCalls.at(venue, wire, clock),
            clock,
            new Random(1),
            inputs::put,
            FrameTap.NONE);
    VenueProfile profile =
        new VenueProfile(
            venue,
            VenueKind.SIMULATED,
            List.of(stream),
            new VenueFees(1, 2),
            new VenueLatency(1, 2, 3),
            List.of("L2", "TRADES", "OHLCV"),
            wire.integrity(),
            wire.candles());
    Duration lookBack = Duration.ofMinutes(20); // However long the start takes, FROM is within.
    books =
        new VenueBooks(
            List.of(profile),
            MarketLimits.defaults(),
            connector,
            new Random(1),
            CandleSettings.fetching(connector, lookBack));
    books.recall(venue, BTC, memory);
    connector.start();
  }

  private void awaitClock(Instant time) throws InterruptedException {
    for (Instant now = clock.instant(); now.isBefore(time); now = clock.instant()) {
      TimeUnit.NANOSECONDS.sleep((long) (Duration.between(now, time).toNanos() / SPEED) + 1);
    }
  }

  /** Plays the engine: applies what comes, ticks in between. */
  private void runUntil(BooleanSupplier reached) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting at %s", coveredTo).isLessThan(deadline);
      VenueInput input = inputs.poll(5, TimeUnit.MILLISECONDS);
      if (input != null) {
        if (input instanceof CandlesFetched fetched) {
          lastFetched = fetched;
        }
        books.apply(input, listener);
      }
      books.tick(input == null ? clock.instant() : input.receivedAt(), listener);
    }
  }

  private final MarketState.Listener listener =
      new MarketState.Listener() {
        @Override
        public void fact(MarketEvent event) {
          if (event instanceof CandlesSynced sync) {
            synced.add(sync);
          }
        }

        @Override
        public void bookChanged(BookView book) {}

        @Override
        public void traded(PublicTrade trade) {}

        @Override
        public void candleJudged(JudgedCandle candle) {
          if (candle.outcome() != Outcome.REJECTED) {
            told.put(candle.candle().bar().openTime(), candle);
          }
        }

        @Override
        public void candlesCovered(Venue of, Symbol symbol, Instant from, Instant to) {
          if (!from.isAfter(coveredTo) && to.isAfter(coveredTo)) {
            coveredTo = to;
          }
        }
      };
}
