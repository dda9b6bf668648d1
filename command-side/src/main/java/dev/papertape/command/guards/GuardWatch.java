package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardInputs.Standing;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.router.Gate;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The guards of one life of the engine: what operators and releases set, what is tripped, what an
 * order is asked against. Reads market and account at every tick; owned by the engine's thread.
 *
 * <p>Trading is as strict as the stricter of what operators said and what the guards say. A guard
 * never lifts an operator's halt. An operator's resume has the guards that reduce trading start
 * over: the look-back of the drawdown begins anew, the losses are forgotten.
 */
public final class GuardWatch {
  private static final String RESUMED = "an operator resumed trading";
  private static final Duration SETTLED = Duration.ofMinutes(1);
  private static final String RESET = "the paper account is a new one";

  private final MarketState market;
  private final Function<Symbol, @Nullable BigDecimal> mids;
  private final VenueDoors doors;
  private final Duration observeEvery;
  private final StandingGuards standing;
  private final PeakWindow peaks;
  private final ClosedRounds rounds;
  private final OrderRate rate = new OrderRate();
  private final Map<Venue, SkewMeter> clocks = new TreeMap<>();
  private TradingState operator;
  private LimitOverrides overrides;
  private GuardLimits release;
  private long maxAgeMs;
  private @Nullable PortfolioMarked mark;
  private @Nullable String startsOver;

  /** Cash of an account that has just begun: the first peak. */
  private @Nullable BigDecimal begunWith;

  private @Nullable Instant observedAt;
  private @Nullable Instant begunAt;
  private boolean isSettled;

  /**
   * @param mids common mids as of the present tick
   * @param observeEvery feed time between two observations
   */
  public GuardWatch(
      MarketState market,
      Function<Symbol, @Nullable BigDecimal> mids,
      VenueDoors doors,
      Duration observeEvery,
      GuardsRecovered recovered,
      GuardLimits release,
      long maxAgeMs) {
    this.market = market;
    this.mids = mids;
    this.doors = doors;
    this.observeEvery = observeEvery;
    this.standing = new StandingGuards(recovered.tripped());
    this.peaks = new PeakWindow(AccountLimits.DEFAULT.lookBack(), recovered.peaks());
    this.rounds = new ClosedRounds(recovered.losses(), recovered.newestLoss());
    this.operator = recovered.operator();
    this.overrides = recovered.limits();
    this.startsOver = recovered.restarts() ? RESUMED : null;
    this.release = release;
    this.maxAgeMs = maxAgeMs;
  }

  /** An operator changed the trading state. */
  public void enter(TradingState state) {
    operator = state;
    if (state == TradingState.ACTIVE) {
      startsOver = RESUMED;
    }
  }

  /** Operators' limits are these now. */
  public void use(LimitOverrides limits) {
    overrides = limits;
    observedAt = null;
  }

  /** Another release became active. */
  public void use(GuardLimits ofRelease, long maxAgeMsOfRelease) {
    release = ofRelease;
    maxAgeMs = maxAgeMsOfRelease;
    observedAt = null;
  }

  /** The stricter of what operators said and what the guards say. */
  public TradingState tradingState() {
    return operator.stricter(reducedBy().isEmpty() ? TradingState.ACTIVE : TradingState.REDUCING);
  }

  /** As operators left it. */
  public TradingState operatorState() {
    return operator;
  }

  /** The limits of an order that is decided under a release. */
  public GuardLimits limits(GuardLimits ofRelease) {
    return overrides.over(ofRelease);
  }

  public int ordersInLastSecond(Instant feedTime) {
    return rate.inLastSecond(feedTime);
  }

  /** An order passed the guards. */
  public void passed(Instant feedTime) {
    rate.passed(feedTime);
  }

  /** What is tripped or closed for an order of a symbol with these books. */
  public Standing standing(List<? extends BookView> books) {
    SortedMap<Venue, String> closed = new TreeMap<>();
    for (BookView book : books) {
      Venue venue = book.instrument().venue();
      Gate gate = doors.closedBy(venue);
      if (gate != null) {
        closed.put(venue, gate.name());
      }
    }
    return new Standing(reducedBy(), books.size(), closed);
  }

  /** What an engine that takes over is to know; also for metrics. */
  public List<GuardSeen> tripped() {
    return standing.tripped();
  }

  private List<GuardSeen> reducedBy() {
    return standing.tripped().stream().filter(seen -> seen.guard().reducesTrading()).toList();
  }

  /** Something happened to an order or to the account. */
  public void happened(ExecutionEvent event) {
    if (event instanceof PortfolioMarked newest) {
      mark = peaks.add(newest) ? newest : mark;
    } else if (event instanceof PortfolioReset reset) {
      mark = null;
      begunWith = reset.initialCash();
      startsOver = RESET;
    }
    rounds.happened(event);
  }

  /** Looks at everything; after the account has been marked. */
  public void tick(Instant feedTime, Consumer<GuardsEvent> out) {
    AccountLimits limits = overrides.over(AccountLimits.DEFAULT);
    if (startsOver != null) {
      startOver(limits, startsOver, feedTime, out);
      startsOver = null;
    }
    Instant newestLoss = rounds.newestLoss();
    if (newestLoss != null && !newestLoss.plus(limits.coolDown()).isAfter(feedTime)) {
      rounds.forget();
    }
    List<GuardReading> readings = readings(limits, feedTime);
    readings.forEach(reading -> standing.judge(reading, feedTime, out));
    retain(readings, feedTime, out);
    clocks
        .keySet()
        .forEach(
            venue ->
                doors.skewed(
                    venue,
                    standing.isTripped(GuardName.CLOCK_SKEW, GuardName.Scope.VENUE.of(venue))));
    if (observedAt == null || !observedAt.plus(observeEvery).isAfter(feedTime)) {
      observedAt = feedTime;
      out.accept(observed(readings, feedTime));
    }
  }

  /** Venues say what they list when they connect, so nothing is missed before that. */
  private void retain(List<GuardReading> readings, Instant feedTime, Consumer<GuardsEvent> out) {
    if (begunAt == null) {
      begunAt = feedTime;
    } else if (!isSettled && !begunAt.plus(SETTLED).isAfter(feedTime)) {
      isSettled = true;
      standing.retain(
          readings.stream().map(GuardReading::scope).collect(Collectors.toSet()), feedTime, out);
    }
  }

  /** How the guards stand now, for who takes over. */
  public GuardsObserved observe(Instant feedTime) {
    return observed(readings(overrides.over(AccountLimits.DEFAULT), feedTime), feedTime);
  }

  private void startOver(
      AccountLimits limits, String reason, Instant feedTime, Consumer<GuardsEvent> out) {
    peaks.clear();
    rounds.forget();
    BigDecimal equity = begunWith == null ? equity() : begunWith;
    begunWith = null;
    if (equity != null) {
      peaks.add(feedTime, equity);
    }
    standing.clear(drawdown(limits, feedTime), reason, feedTime, out);
    standing.clear(AccountRules.lossStreak(0, limits), reason, feedTime, out);
    observedAt = null;
  }

  private List<GuardReading> readings(AccountLimits limits, Instant feedTime) {
    List<GuardReading> readings = new ArrayList<>();
    readings.add(drawdown(limits, feedTime));
    readings.add(AccountRules.lossStreak(rounds.losses(), limits));
    readings.add(AccountRules.orderRate(rate.inLastSecond(feedTime), overrides.over(release)));
    SortedMap<Venue, List<BookView>> ofVenues = new TreeMap<>();
    for (Symbol symbol : market.symbols()) {
      List<BookView> books = market.books(symbol);
      if (!books.isEmpty()) {
        symbol(symbol, books, feedTime, readings);
        for (BookView book : books) {
          ofVenues.computeIfAbsent(book.instrument().venue(), _ -> new ArrayList<>()).add(book);
        }
      }
    }
    ofVenues.forEach(
        (venue, books) ->
            readings.add(
                MarketRules.clock(
                    venue,
                    clocks.computeIfAbsent(venue, _ -> new SkewMeter()).observe(books),
                    limits.clockSkewMs())));
    return readings;
  }

  private GuardReading drawdown(AccountLimits limits, Instant feedTime) {
    return AccountRules.drawdown(peaks.highest(feedTime), equity(), limits);
  }

  private void symbol(
      Symbol symbol, List<BookView> books, Instant feedTime, List<GuardReading> readings) {
    Instant newest = null;
    TreeMap<Venue, String> closed = new TreeMap<>();
    for (BookView book : books) {
      Instant received = book.receivedAt();
      if (received != null && (newest == null || received.isAfter(newest))) {
        newest = received;
      }
      Venue venue = book.instrument().venue();
      if (doors.isClosedByBudget(venue)) {
        closed.put(venue, String.valueOf(doors.closedBy(venue)));
      }
    }
    Long ageMs = newest == null ? null : Duration.between(newest, feedTime).toMillis();
    readings.addAll(
        MarketRules.books(
            symbol, MarketViews.of(books, mids.apply(symbol), feedTime), ageMs, maxAgeMs));
    readings.add(MarketRules.budget(symbol, books.size(), closed));
  }

  private GuardsObserved observed(List<GuardReading> readings, Instant feedTime) {
    List<GuardSeen> seen = new ArrayList<>(Observations.of(readings, standing.tripped()));
    seen.addAll(Observations.ofOrders(mark, overrides.over(release)));
    return new GuardsObserved(
        List.copyOf(seen), peaks.peaks(), rounds.losses(), rounds.newestLoss(), feedTime);
  }

  private @Nullable BigDecimal equity() {
    return mark == null ? null : mark.equity();
  }
}
