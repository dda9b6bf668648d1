package dev.papertape.query.report;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.query.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what the {@link Ledger} comes to into the buckets of feed time. */
final class ReportFold implements Projection.Fold {
  /** For how long rows by the second are kept. */
  static final long SECONDS_KEPT = 2 * 3600;

  static final long[] EQUITY_RESOLUTIONS = {1, 60, 300, 3600};

  private static final long[] LEDGER_RESOLUTIONS = {1, 60};

  private final EventJson json;
  private final Ledger ledger;
  private final Deque<Long> ledgerSeconds;
  private final Deque<Long> equitySeconds;
  private Era era;
  private long folded;
  private long began;
  private LiveViews live;

  /**
   * @param began position at which the newest feed second began
   * @param folded position of the newest event in {@code view}
   * @param ledgerSeconds buckets of the era's ledger rows by the second, oldest first
   * @param equitySeconds likewise of its equity
   */
  ReportFold(
      EventJson json,
      Era era,
      long began,
      long folded,
      LedgerView view,
      Deque<Long> ledgerSeconds,
      Deque<Long> equitySeconds) {
    this.json = json;
    this.era = era;
    this.began = began;
    this.folded = folded;
    this.ledger = new Ledger(view);
    this.ledgerSeconds = new ArrayDeque<>(ledgerSeconds);
    this.equitySeconds = new ArrayDeque<>(equitySeconds);
    this.live = new LiveViews(json, ledger);
  }

  @Override
  public void apply(LoggedEvent logged, Changes changes) {
    DomainEvent event = json.event(logged);
    Instant feedTime = Ledger.feedTime(event);
    // What was parked and is folded late goes into the bucket that is open now.
    if (feedTime != null && logged.position() > folded) {
      advance(feedTime.getEpochSecond(), logged.position(), changes);
    }
    folded = Math.max(folded, logged.position());
    BigDecimal equityBefore = ledger.equity();
    ledger.apply(event);
    if (era.number() > 0) {
      changes.upsert(
          ReportTables.CLOCK, List.of(began), List.of(era.number(), era.newestSecond(), folded));
    }
    // What was registered before time began is kept in a row of no time.
    keep(era.number() == 0 ? 0 : era.newestSecond(), changes);
    if (era.number() > 0 && ledger.equity() != equityBefore) {
      sample(changes);
    }
  }

  private void advance(long second, long position, Changes changes) {
    Era next = era.at(position, second);
    if (next == era) {
      return;
    }
    live.freeze();
    live = new LiveViews(json, ledger);
    if (next.number() != era.number()) {
      forget(ledgerSeconds, Long.MAX_VALUE, true, ReportTables.LEDGER, changes);
      forget(equitySeconds, Long.MAX_VALUE, true, ReportTables.EQUITY, changes);
    }
    era = next;
    began = position;
    changes.upsert(
        ReportTables.ERAS,
        List.of(era.number()),
        List.of(era.firstPosition(), era.firstSecond(), era.newestSecond()));
    forget(ledgerSeconds, second - SECONDS_KEPT, false, ReportTables.LEDGER, changes);
    forget(equitySeconds, second - SECONDS_KEPT, false, ReportTables.EQUITY, changes);
  }

  /** All rows by the second until then, but for the newest of them: it is how things stood then. */
  private void forget(Deque<Long> seconds, long until, boolean all, Table table, Changes changes) {
    while (!seconds.isEmpty() && (all || hasSecondUntil(seconds, until))) {
      changes.delete(table, List.of(era.number(), 1L, seconds.removeFirst()));
    }
  }

  private static boolean hasSecondUntil(Deque<Long> seconds, long until) {
    if (seconds.getFirst() > until || seconds.size() < 2) {
      return false;
    }
    long first = seconds.removeFirst();
    boolean isKept = seconds.getFirst() <= until;
    seconds.addFirst(first);
    return isKept;
  }

  private void keep(long second, Changes changes) {
    for (long resolution : LEDGER_RESOLUTIONS) {
      changes.upsert(
          ReportTables.LEDGER,
          List.of(era.number(), resolution, bucket(second, resolution)),
          List.of(folded, live.view(), live.pnl()));
    }
    remember(ledgerSeconds, second);
  }

  private void sample(Changes changes) {
    @Nullable BigDecimal equity = ledger.equity();
    if (equity == null) {
      return;
    }
    long second = era.newestSecond();
    for (long resolution : EQUITY_RESOLUTIONS) {
      changes.upsert(
          ReportTables.EQUITY,
          List.of(era.number(), resolution, bucket(second, resolution)),
          List.of(ledger.account(), equity.toPlainString()));
    }
    remember(equitySeconds, second);
  }

  private static void remember(Deque<Long> seconds, long second) {
    if (seconds.isEmpty() || seconds.getLast() != second) {
      seconds.addLast(second);
    }
  }

  static long bucket(long second, long resolution) {
    return Math.floorDiv(second, resolution) * resolution;
  }
}
