package dev.papertape.standalone.backtest;

import dev.papertape.command.alpha.AlphaCatalogue;
import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.audit.DecisionDigest;
import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.engine.EngineSettings;
import dev.papertape.command.engine.Pace;
import dev.papertape.command.engine.RecordingRun;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.candlefeed.CandleFeed;
import dev.papertape.command.market.candlefeed.CandleMarket;
import dev.papertape.command.market.candlefeed.CandleTape;
import dev.papertape.command.market.candlefeed.CandleTerms;
import dev.papertape.command.market.recorded.RecordedFeed;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.lease.Leases.Lease;
import dev.papertape.standalone.CouldNotRun;
import dev.papertape.standalone.play.FreshLog;
import dev.papertape.standalone.verb.BacktestRequest;
import dev.papertape.standalone.verb.Backtests;
import dev.papertape.standalone.verb.Progress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The engine that trades live, over recordings or candles, and the reports of what it did. */
public final class EngineBacktest implements Backtests {
  private static final String RELEASE = "backtest";
  private static final String BOOKS =
      "recorded books: fills walk the book as it was after the configured latency";

  /**
   * What {@code backtest} prints.
   *
   * @param method what was assumed of trading
   * @param from feed time of the first input
   * @param inputs market frames, or opens and closes of bars
   * @param elapsedMs from the first input to the last durable fact
   * @param barsPerSecond null for recordings
   * @param inputsPerSecond market inputs a second
   * @param refused alphas that cannot trade here, each with why
   * @param decisionDigest see {@link DecisionDigest}; null where nothing was recorded
   * @param account at the end
   * @param reports as the routes give them; null where nothing was recorded
   */
  public record Result(
      String method,
      List<String> files,
      @Nullable Instant from,
      @Nullable Instant to,
      long inputs,
      @Nullable Long bars,
      long elapsedMs,
      @Nullable Long barsPerSecond,
      long inputsPerSecond,
      List<String> alphas,
      List<String> refused,
      long events,
      long decisions,
      long fills,
      @Nullable String decisionDigest,
      @Nullable Account account,
      @Nullable Object reports) {}

  /** The paper account as it was marked last. */
  public record Account(
      String currency,
      BigDecimal equity,
      BigDecimal realizedPnl,
      BigDecimal unrealizedPnl,
      BigDecimal fees) {}

  /** What runs where. */
  private record Scene(
      MarketState market,
      Iterator<? extends MarketInput> inputs,
      EngineSettings settings,
      String method,
      @Nullable Long bars,
      List<String> refused) {}

  /** Counts what went by, and remembers the account. */
  private static final class Tally {
    private @Nullable Instant from;
    private @Nullable Instant to;
    private long events;
    private long decisions;
    private long fills;
    private ExecutionEvent.@Nullable PortfolioMarked last;

    private void fact(DomainEvent event) {
      events++;
      switch (event) {
        case RouterEvent _ -> decisions++;
        case ExecutionEvent.OrderFilled _ -> fills++;
        case ExecutionEvent.PortfolioMarked mark -> last = mark;
        default -> {}
      }
    }

    private @Nullable Account account() {
      ExecutionEvent.PortfolioMarked mark = last;
      return mark == null
          ? null
          : new Account(
              mark.currency(),
              mark.equity(),
              mark.realizedPnl(),
              mark.unrealizedPnl(),
              mark.fees());
    }
  }

  @Override
  public Object run(BacktestRequest request, Progress progress) throws Exception {
    if (!request.recorded()) {
      return unrecorded(request, progress);
    }
    if (request.data() == null) {
      PostgresDatabase database = TemporaryPostgres.freshDatabase();
      return recorded(request, progress, database.jdbcUrl(), database.user(), database.password());
    }
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.in(request.data()))) {
      return recorded(request, progress, postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
  }

  private static Result unrecorded(BacktestRequest request, Progress progress) throws Exception {
    Scene scene = scene(request, progress);
    Tally tally = new Tally();
    long started = System.nanoTime();
    long inputs =
        RecordingRun.unrecorded(scene.settings(), scene.market(), tally::fact)
            .play(timed(scene.inputs(), tally), progress::at);
    return result(request, scene, tally, inputs, since(started), null, null);
  }

  private static Result recorded(
      BacktestRequest request, Progress progress, String url, String user, String password)
      throws Exception {
    Scene scene = scene(request, progress);
    Tally tally = new Tally();
    long inputs;
    long elapsedMs;
    DecisionDigest digest;
    try (FreshLog fresh = new FreshLog(url, user, password);
        Lease lease =
            fresh
                .leases()
                .tryAcquire(EngineRuntime.LEASE, () -> {})
                .orElseThrow(() -> new CouldNotRun("Another engine runs over this log."))) {
      RecordingRun run =
          new RecordingRun(
              scene.settings(),
              scene.market(),
              fresh.journal(),
              lease.epoch(),
              new ProvenanceHashes(fresh.json()::write));
      long started = System.nanoTime();
      inputs = run.play(timed(scene.inputs(), tally), progress::at);
      elapsedMs = since(started);
      digest = DecisionDigest.of(fresh.log(), 0, fresh.log().head());
      tally.events = digest.events();
      tally.decisions = digest.decisions();
      tally.fills = digest.fills();
    }
    progress.begin("reports", -1);
    Instant from = tally.from;
    Instant to = tally.to;
    Object reports =
        from == null || to == null ? null : LogReports.of(url, user, password, from, to);
    return result(request, scene, tally, inputs, elapsedMs, digest.sha256(), reports);
  }

  private static Result result(
      BacktestRequest request,
      Scene scene,
      Tally tally,
      long inputs,
      long elapsedMs,
      @Nullable String digest,
      @Nullable Object reports) {
    Long bars = scene.bars();
    return new Result(
        scene.method(),
        (request.candles().isEmpty() ? request.recordings() : request.candles())
            .stream().map(Path::toString).toList(),
        tally.from,
        tally.to,
        inputs,
        bars,
        elapsedMs,
        bars == null ? null : (Long) perSecond(bars, elapsedMs),
        perSecond(inputs, elapsedMs),
        scene.settings().alphas().configured().stream().map(AlphaSpec::alphaId).toList(),
        scene.refused(),
        tally.events,
        tally.decisions,
        tally.fills,
        digest,
        tally.account(),
        reports);
  }

  private static Iterator<MarketInput> timed(Iterator<? extends MarketInput> inputs, Tally tally) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return inputs.hasNext();
      }

      @Override
      public MarketInput next() {
        MarketInput input = inputs.next();
        tally.from = tally.from == null ? input.receivedAt() : tally.from;
        tally.to = input.receivedAt();
        return input;
      }
    };
  }

  private static long since(long started) {
    return Math.max(1, Duration.ofNanos(System.nanoTime() - started).toMillis());
  }

  private static long perSecond(long count, long elapsedMs) {
    return count * Duration.ofSeconds(1).toMillis() / elapsedMs;
  }

  private static Scene scene(BacktestRequest request, Progress progress) throws IOException {
    return request.candles().isEmpty()
        ? ofRecordings(request, progress)
        : ofCandles(request, progress);
  }

  private static Scene ofRecordings(BacktestRequest request, Progress progress) {
    RecordedFeed feed;
    try {
      feed = RecordedFeed.open(request.recordings(), RecordedVenues.defaults());
    } catch (IllegalArgumentException | IOException unreadable) {
      throw new CouldNotRun(String.valueOf(unreadable.getMessage()), unreadable);
    }
    progress.begin("frames", -1);
    VenueBooks books =
        new VenueBooks(
            feed.profiles(),
            MarketLimits.defaults(),
            SnapshotRequests.NONE,
            new SplittableRandom(request.seed()));
    List<String> refused = new ArrayList<>();
    return new Scene(
        books,
        feed,
        settings(request, AlphaSettings.EVERY_SECOND, Pace.LIVE, Set.of(), refused),
        BOOKS,
        null,
        refused);
  }

  private static Scene ofCandles(BacktestRequest request, Progress progress) {
    if (request.symbol() != null && request.candles().size() > 1) {
      throw new CouldNotRun("--symbol names what one candle file is of, not several.");
    }
    progress.begin("rows", -1);
    List<CandleTape> tapes = new ArrayList<>();
    for (Path file : request.candles()) {
      Symbol symbol = request.symbol() == null ? null : new Symbol(request.symbol());
      tapes.add(CandleFiles.read(file, symbol, progress::at));
    }
    Set<CandleInterval> intervals = new TreeSet<>();
    tapes.forEach(tape -> intervals.add(tape.interval()));
    if (intervals.size() > 1) {
      throw new CouldNotRun(
          "All candles of a backtest have one interval, not %s."
              .formatted(intervals.stream().map(CandleInterval::text).toList()));
    }
    CandleInterval interval = intervals.iterator().next();
    CandleTerms terms = terms(request.terms());
    CandleMarket market;
    try {
      market = new CandleMarket(tapes, terms);
    } catch (IllegalArgumentException twice) {
      throw new CouldNotRun(twice.getMessage() + ".", twice);
    }
    long bars = tapes.stream().mapToLong(tape -> tape.bars().size()).sum();
    progress.begin("bars", 2 * bars);
    List<String> refused = new ArrayList<>();
    return new Scene(
        market,
        new CandleFeed(tapes),
        settings(request, interval.length(), Pace.of(interval), OF_BOOKS, refused),
        terms.method(),
        bars,
        refused);
  }

  /** Features of displayed books and of trades, which candles do not have. */
  private static final Set<String> OF_BOOKS =
      Set.of(
          BuiltInFeatures.BOOK_IMBALANCE.name(),
          BuiltInFeatures.MICROPRICE.name(),
          BuiltInFeatures.SPREAD_BPS.name(),
          BuiltInFeatures.TRADE_FLOW_IMBALANCE.name());

  private static CandleTerms terms(BacktestRequest.Terms terms) {
    try {
      return new CandleTerms(
          terms.spreadBps(),
          terms.participation(),
          new VenueFees(terms.takerBps(), terms.takerBps()));
    } catch (IllegalArgumentException wrong) {
      throw new CouldNotRun("These terms cannot be: " + wrong.getMessage() + ".", wrong);
    }
  }

  /**
   * A fresh start's settings, but that every alpha that was asked for trades with its whole weight.
   */
  private static EngineSettings settings(
      BacktestRequest request,
      Duration interval,
      Pace pace,
      Set<String> missing,
      List<String> refused) {
    List<AlphaSpec> builtIn = AlphaSettings.builtIn();
    for (String asked : request.alphas()) {
      if (builtIn.stream().noneMatch(spec -> spec.alphaId().equals(asked))) {
        throw new CouldNotRun(
            "There is no alpha %s, only %s."
                .formatted(asked, builtIn.stream().map(AlphaSpec::alphaId).toList()));
      }
    }
    List<AlphaSpec> trading = new ArrayList<>();
    for (AlphaSpec spec : builtIn) {
      List<String> lacks = spec.features().stream().filter(missing::contains).toList();
      boolean asked = request.alphas().contains(spec.alphaId());
      if (!lacks.isEmpty()) {
        refused.add("%s: needs %s, which candles do not have".formatted(spec.alphaId(), lacks));
        if (asked) {
          throw new CouldNotRun(
              "The alpha %s needs %s, which candles do not have.".formatted(spec.alphaId(), lacks));
        }
      } else if (asked || request.alphas().isEmpty()) {
        trading.add(active(spec));
      }
    }
    return new EngineSettings(
        request.seed(),
        ReleasePolicy.baseline(RELEASE),
        Portfolio.DEFAULT_INITIAL_CASH,
        interval.compareTo(SCORE_EVERY) > 0 ? interval.multipliedBy(24) : SCORE_EVERY,
        interval.compareTo(CHECKPOINT_EVERY) > 0 ? interval.multipliedBy(24) : CHECKPOINT_EVERY,
        new AlphaSettings(trading, AlphaCatalogue.BUILT_IN, interval),
        pace);
  }

  private static final Duration SCORE_EVERY = Duration.ofSeconds(5);
  private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);

  private static AlphaSpec active(AlphaSpec spec) {
    return new AlphaSpec(
        spec.alphaId(),
        spec.name(),
        spec.kind(),
        spec.params(),
        spec.symbols(),
        spec.features(),
        spec.weight(),
        AlphaStage.ACTIVE,
        false,
        null,
        null);
  }
}
