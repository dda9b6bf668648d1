package dev.papertape.command.engine;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.budget.BudgetedCalls;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.candle.CandleSettings;
import dev.papertape.command.market.connector.ConnectorSettings;
import dev.papertape.command.market.connector.FrameTap;
import dev.papertape.command.market.connector.VenueConnector;
import dev.papertape.command.market.connector.VenueRoutes;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Feeds the engine from venues over HTTP and WebSocket: the simulator's, or the live ones. */
public final class LiveMarketFeed implements MarketFeed {
  private final List<VenueSettings> venues;
  private final VenueRoutes routes;
  private final BudgetedCalls calls;
  private final InstantSource clock;
  private final long seed;
  private final FrameTap tap;
  private final Duration candleLookBack;

  /**
   * @param routes the addresses that connectors use; what is shown of a venue are its own
   * @param calls the way of every REST call
   * @param seed of the jitter of reconnects and snapshot requests
   * @param tap sees every frame before it is decoded
   * @param candleLookBack how far back candles are fetched of which nothing is stored
   */
  public LiveMarketFeed(
      List<VenueSettings> venues,
      VenueRoutes routes,
      BudgetedCalls calls,
      InstantSource clock,
      long seed,
      FrameTap tap,
      Duration candleLookBack) {
    this.routes = routes;
    this.calls = calls;
    this.tap = tap;
    this.candleLookBack = candleLookBack;
    this.venues = List.copyOf(venues);
    this.clock = clock;
    this.seed = seed;
  }

  @Override
  public Opened open() {
    return new Connected();
  }

  private static VenueProfile profile(VenueSettings venue) {
    return new VenueProfile(
        venue.venue(),
        venue.kind(),
        List.of(venue.rest().toString(), venue.stream().toString()),
        venue.fees(),
        venue.latency(),
        venue.wire() == WireProtocol.BINANCE_SPOT
            ? List.of("L2", "L2_SNAPSHOT", "TRADES", "OHLCV")
            : List.of("L2", "TRADES", "OHLCV"),
        venue.wire().integrity(),
        venue.wire().candles());
  }

  private static ConnectorSettings settings(VenueSettings venue, int source) {
    return ConnectorSettings.of(
            venue.venue(), source, venue.rest(), venue.stream(), Set.copyOf(venue.symbols()))
        .tunedTo(venue.wire())
        .withRequestTimeout(ConnectorSettings.requestTimeout(venue.kind()));
  }

  private final class Connected implements Opened {
    private final VenueBooks books;
    private final List<VenueConnector> connectors = new ArrayList<>();
    private volatile @Nullable Sink sink;

    private Connected() {
      RandomGenerator random = new SplittableRandom(seed);
      for (int source = 0; source < venues.size(); source++) {
        VenueSettings venue = venues.get(source);
        connectors.add(
            VenueConnector.of(
                venue.wire(),
                settings(routes.route(venue), source),
                calls,
                clock,
                new Random(seed + source),
                input -> {
                  tap.decoded(input);
                  put(shown(venue, input));
                },
                tap));
      }
      this.books =
          new VenueBooks(
              venues.stream().map(LiveMarketFeed::profile).toList(),
              MarketLimits.defaults(),
              this::requestSnapshot,
              random,
              CandleSettings.fetching(this::requestCandles, candleLookBack));
    }

    private void requestCandles(Venue venue, Symbol symbol, Instant from, Instant to) {
      connectors.forEach(connector -> connector.requestCandles(venue, symbol, from, to));
    }

    private void requestSnapshot(Venue venue, Symbol symbol, long epoch) {
      connectors.forEach(connector -> connector.request(venue, symbol, epoch));
    }

    /** With the venue's own address in place of the one that was used. */
    private MarketInput shown(VenueSettings venue, MarketInput input) {
      return input instanceof VenueInput.SocketOpened opened
          ? new VenueInput.SocketOpened(opened.arrival(), venue.stream().toString())
          : input;
    }

    private void put(MarketInput input) throws InterruptedException {
      Sink target = sink;
      if (target != null) {
        target.accept(input);
      }
    }

    @Override
    public MarketState market() {
      return books;
    }

    @Override
    public Set<Venue> venues() {
      return venues.stream().map(VenueSettings::venue).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void start(Sink target) {
      sink = target;
      connectors.forEach(VenueConnector::start);
    }

    @Override
    public boolean followsClock() {
      return true;
    }

    @Override
    public void close() {
      connectors.forEach(VenueConnector::close);
    }
  }
}
