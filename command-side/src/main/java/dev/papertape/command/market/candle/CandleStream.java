package dev.papertape.command.market.candle;

import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.CandleRequests;
import dev.papertape.command.market.CandleSource;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.VenueInput.CandlesFailed;
import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.candle.BackFill.Range;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.MarketEvent.CandlesSynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One venue's one-minute candles of one symbol, in order and without a hole as far as the venue
 * tells. {@code next} is the frontier: every minute before it was judged, is known to have had no
 * trade, or was given up.
 *
 * <pre>
 *   … judged | next … live.from() … | waiting … toldTo
 *              ask the venue          told live; waits until the hole before it is filled
 * </pre>
 *
 * <p>Live bars wait for a hole at most {@link #LONGEST_WAIT}; then they go first and the hole is
 * filled behind them. Closed by feed time, never by a clock.
 */
public final class CandleStream {
  /** A minute's last messages may still be under way when it is over. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** A minute that was not told by then is asked for. */
  static final Duration OVERDUE = Duration.ofSeconds(10);

  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Venue venue;
  private final Symbol symbol;
  private final CandleSource source;
  private final CandleSettings settings;
  private final CandleCounts counts;
  private final JudgedBars bars;
  private final StandingQuotes quotes;
  private final @Nullable BackFill backFill;
  private final LiveMinutes live;
  private final WaitingBars waiting = new WaitingBars();
  private @Nullable Instant next;
  private final FilledRange filled = new FilledRange();
  private long liveBars;
  private boolean connected;

  /**
   * @param quotes those that {@code judge} looks at
   * @param memory what an earlier life stored
   */
  public CandleStream(
      Venue venue,
      Symbol symbol,
      CandleSource source,
      CandleJudge judge,
      StandingQuotes quotes,
      CandleSettings settings,
      CandleMemory memory,
      CandleCounts counts) {
    this.venue = venue;
    this.symbol = symbol;
    this.source = source;
    this.bars = new JudgedBars(venue, symbol, judge, counts);
    this.quotes = quotes;
    this.settings = settings;
    this.counts = counts;
    this.live = LiveMinutes.of(source);
    CandleRequests requests = settings.requests();
    this.backFill = requests == null ? null : new BackFill(venue, symbol, requests);
    if (backFill != null) {
      next = memory.settledTo();
      bars.recall(memory.newest());
    }
  }

  /** The usable bar of this minute, if it is one of the newest. */
  public @Nullable Bar bar(Instant openTime) {
    return bars.at(openTime);
  }

  /** Up to where all minutes are settled; null before the stream has begun. */
  @Nullable Instant settledTo() {
    return next;
  }

  /** Bars judged in live order since it was asked last. */
  long takeLiveBars() {
    long taken = liveBars;
    liveBars = 0;
    return taken;
  }

  CandleOrigin origin() {
    return source.origin();
  }

  public void connected(Instant now) {
    if (connected) {
      return;
    }
    connected = true;
    BackFill fill = backFill;
    if (fill != null) {
      fill.beginAnew();
      Instant minute = Minutes.startOf(now);
      Instant from = next == null ? minute.minus(settings.firstLookBack()) : next;
      Instant earliest = minute.minus(settings.longestLookBack());
      if (from.isBefore(earliest)) {
        counts.gap();
      }
      from = from.isBefore(earliest) ? earliest : from;
      next = from.isAfter(minute) ? minute : from;
    }
  }

  public void disconnected() {
    connected = false;
    interrupted();
  }

  /** Messages were lost: what is under way cannot be told by the feed alone. */
  public void interrupted() {
    live.interrupted();
    waiting.clear();
  }

  /** Trades are missing, or were put aside: no bar can be made of the others. */
  public void missedTrades() {
    if (source == CandleSource.TRADES) {
      interrupted();
    }
  }

  /**
   * A row was lost. One that says that it is closed is missed by itself; of one that stands for its
   * minute until the next one comes, an older one would be taken for it.
   */
  public void missedRow() {
    if (source == CandleSource.RUNNING_ROWS) {
      interrupted();
    }
  }

  public void row(Kline row, Instant now, Listener listener) {
    if (!row.interval().equals(CandleInterval.ONE_MINUTE.text())) {
      return;
    }
    Instant open = row.openTime();
    if (!Minutes.isPlausible(open) || !Minutes.isOnGrid(open) || isFromTheFuture(open, now)) {
      if (row.closed()) {
        bars.next(row.bar(), source.origin(), now, listener);
      } else {
        counts.malformed("a running bar that opens at " + open, now, listener);
      }
      return;
    }
    live.row(row, now, bar -> told(bar, now, listener));
    settle(now, listener);
  }

  public void trade(TradePrint trade, Instant now, Listener listener) {
    if (source != CandleSource.TRADES) {
      return;
    }
    if (!Minutes.isPlausible(trade.exchangeTime()) || isFromTheFuture(trade.exchangeTime(), now)) {
      interrupted(); // Nobody knows of which minute it is; most likely of this one.
      return;
    }
    boolean inTime = live.trade(trade, now, bar -> told(bar, now, listener));
    if (!inTime && backFill != null) {
      Instant minute = Minutes.startOf(trade.exchangeTime());
      backFill.leaveBehind(new Range(minute, Minutes.after(minute)));
    }
    settle(now, listener);
  }

  /** A minute that has not begun: believed, it would close all minutes before it. */
  private static boolean isFromTheFuture(Instant time, Instant now) {
    return time.isAfter(now.plus(GRACE));
  }

  /** A live bar is closed. */
  private void told(Bar bar, Instant now, Listener listener) {
    Instant open = bar.openTime();
    if (next == null) {
      next = open;
    }
    if (open.isBefore(next)) {
      bars.next(bar, source.origin(), now, listener);
      return;
    }
    waiting.add(bar);
  }

  public void fetched(CandlesFetched answer, Instant now, Listener listener) {
    answer.malformed().forEach(row -> counts.malformed(row, now, listener));
    Range range = new Range(answer.from(), answer.to());
    BackFill fill = backFill;
    if (fill != null) {
      fill.answered(range, now);
    }
    Instant frontier = next == null ? range.from() : next;
    if (frontier.isBefore(range.from())) {
      if (!bars.isEmpty()) {
        counts.gap(); // Forgotten by the venue.
      }
      frontier = range.from();
    }
    next = frontier;
    if (range.to().isAfter(frontier)) {
      filled.beginAt(range.from());
    }
    for (Bar bar : answer.bars()) {
      bars.next(bar, CandleOrigin.REST, now, listener);
    }
    filled.add(answer.bars().size());
    if (range.from().isBefore(range.to())) {
      listener.candlesCovered(venue, symbol, range.from(), range.to());
    }
    if (source.tellsEveryMinute()) {
      FilledRange.holes(answer).forEach(_ -> counts.gap());
    }
    next = later(frontier, range.to());
    seek(now, listener);
    settle(now, listener);
  }

  public void failed(CandlesFailed failure, Instant now) {
    if (backFill != null) {
      backFill.failed(now);
    }
  }

  public void tick(Instant now, Listener listener) {
    quotes.tick(now);
    if (!connected) {
      return;
    }
    if (!source.tellsEveryMinute() && live.from() != null) {
      Instant boundary = Minutes.startOf(now.minus(GRACE));
      live.closeUpTo(boundary, bar -> told(bar, now, listener));
      waiting.toldTo(boundary);
    }
    settle(now, listener);
    seek(now, listener);
  }

  /** Asks for what is missing. */
  private void seek(Instant now, Listener listener) {
    Instant from = next;
    BackFill fill = backFill;
    if (from == null || fill == null || !connected) {
      return;
    }
    Instant to = missingUpTo(from, now);
    if (to.isAfter(from)) {
      if (waiting.haveWaited(LONGEST_WAIT, now)) {
        goOnWithout(from, now, listener);
      } else {
        fill.want(new Range(from, to), now);
      }
      return;
    }
    reportFilled(now, listener);
    fill.wantLeftBehind(now);
  }

  /** End of the minutes from {@code from} on that the feed will not tell; not after it if none. */
  private Instant missingUpTo(Instant from, Instant now) {
    Instant told = live.from();
    if (told == null) {
      return Minutes.startOf(now.minus(OVERDUE));
    }
    if (from.isBefore(told)) {
      Instant over = Minutes.startOf(now.minus(GRACE));
      return told.isBefore(over) ? told : over;
    }
    return source.tellsEveryMinute() ? Minutes.startOf(now.minus(OVERDUE)) : from;
  }

  private void goOnWithout(Instant from, Instant now, Listener listener) {
    // Bars from before the feed's first whole minute come again with what is fetched later.
    if (!waiting.dropBefore(later(live.from(), from))) {
      return;
    }
    Instant to = waiting.first();
    if (backFill != null) {
      backFill.leaveBehind(new Range(from, to));
      backFill.beginAnew();
    }
    counts.gap();
    next = to;
    settle(now, listener);
  }

  /** A single minute is told of with the venue's next live ones. */
  private void reportFilled(Instant now, Listener listener) {
    FilledRange.Done done = filled.endAt(next);
    if (done == null) {
      return;
    }
    if (done.isOneMinute()) {
      liveBars += done.bars();
    } else {
      listener.fact(
          new CandlesSynced(
              venue,
              symbol,
              CandleInterval.ONE_MINUTE,
              done.from(),
              done.to(),
              done.bars(),
              CandleOrigin.REST,
              now));
    }
  }

  /** Judges the live bars that nothing stands before any more, and moves the frontier. */
  private void settle(Instant now, Listener listener) {
    Instant frontier = next;
    Instant told = live.from();
    if (frontier == null) {
      frontier = source == CandleSource.CLOSED_ROWS ? null : told;
      if (frontier == null) {
        return;
      }
    }
    if (told != null && frontier.isBefore(told)) {
      if (backFill != null) {
        waiting.look(now);
        next = frontier;
        return;
      }
      counts.gap();
      frontier = told;
    }
    Instant from = frontier;
    while (!waiting.isEmpty()) {
      Instant open = waiting.first();
      if (open.isAfter(frontier) && source.tellsEveryMinute()) {
        if (backFill != null) {
          break;
        }
        cover(from, frontier, listener);
        counts.gap();
        from = open;
      }
      bars.next(waiting.poll(), source.origin(), now, listener);
      liveBars++;
      frontier = later(frontier, Minutes.after(open));
    }
    if (!source.tellsEveryMinute()) {
      frontier = later(waiting.toldTo(), frontier);
    }
    waiting.look(now);
    cover(from, frontier, listener);
    next = frontier;
  }

  private void cover(Instant from, Instant to, Listener listener) {
    if (from.isBefore(to)) {
      listener.candlesCovered(venue, symbol, from, to);
    }
  }

  private static Instant later(@Nullable Instant a, Instant b) {
    return a != null && a.isAfter(b) ? a : b;
  }
}
