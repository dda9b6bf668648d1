package dev.papertape.command.chaos;

import dev.papertape.command.engine.EngineStatus;
import dev.papertape.command.engine.EngineStatus.FeedStatus;
import dev.papertape.contracts.chaos.Probe;
import dev.papertape.contracts.chaos.SteadyState;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hypothesis that every experiment holds against the system, as pure figures: the engine
 * answers and follows the clock, books are in order, messages are good.
 *
 * @param venues that must have books
 */
record SteadyStateProbes(Set<Venue> venues) {
  /** Clock time less feed time, ms. */
  static final String ENGINE_LAG_MS = "ENGINE_LAG_MS";

  /** Books that are not SYNCED, of those that must be. */
  static final String BOOKS_OUT_OF_ORDER = "BOOKS_OUT_OF_ORDER";

  /** Messages that broke a book that must not break, since the experiment began. */
  static final String BROKEN_MESSAGES = "BROKEN_MESSAGES";

  /** Whether the engine's thread answers at all: 0 when it does. */
  static final String ENGINE_SILENT = "ENGINE_SILENT";

  /**
   * Signs that the system noticed the fault, since it was applied: no condition of the steady
   * state, but of the verdict.
   */
  static final String FAULT_NOTICED = "FAULT_NOTICED";

  private static final double MOST_LAG_MS = 2_000;

  /**
   * Before or after the fault.
   *
   * @param status of the engine
   * @param spared books that another experiment may cost just now
   */
  SteadyState aside(EngineStatus status, BiPredicate<Venue, Symbol> spared, Instant now) {
    return SteadyState.of(
        now,
        List.of(
            new Probe(ENGINE_SILENT, 0.0, 0, true),
            lag(status.feedTime(), now),
            books(status, spared)));
  }

  /**
   * Of the fault's window: no book may suffer that the fault is not about.
   *
   * @param status of the engine
   * @param tally of broken messages since the experiment began; knows the spared books
   * @param noticed signs that the fault was noticed
   */
  SteadyState during(EngineStatus status, BrokenTally tally, long noticed, Instant now) {
    long broken = tally.sinceBegin(status);
    return SteadyState.of(
        now,
        List.of(
            new Probe(ENGINE_SILENT, 0.0, 0, true),
            lag(status.feedTime(), now),
            books(status, tally::isSpared),
            new Probe(BROKEN_MESSAGES, (double) broken, 0, broken == 0),
            new Probe(FAULT_NOTICED, (double) noticed, 0, true)));
  }

  /** Signs that the fault was noticed, as they were found. */
  static long noticed(SteadyState seen) {
    for (Probe probe : seen.probes()) {
      Double value = probe.value();
      if (probe.name().equals(FAULT_NOTICED) && value != null) {
        return value.longValue();
      }
    }
    return 0;
  }

  /**
   * The engine did not answer; it is behind by at least what it was behind when it did.
   *
   * @param lastFeedTime when it answered last, null if it never did
   */
  static SteadyState silent(@Nullable Instant lastFeedTime, Instant now) {
    return SteadyState.of(
        now, List.of(new Probe(ENGINE_SILENT, 1.0, 0, false), lag(lastFeedTime, now)));
  }

  /** Of no book at all nothing can be said; a venue that lists none yet counts as one. */
  private Probe books(EngineStatus status, BiPredicate<Venue, Symbol> spared) {
    if (status.feeds().isEmpty()) {
      return new Probe(BOOKS_OUT_OF_ORDER, null, 0, false);
    }
    long out =
        status.feeds().stream()
            .filter(feed -> !spared.test(feed.venue(), feed.symbol()))
            .filter(feed -> feed.state() != BookState.SYNCED)
            .count();
    Set<Venue> listed =
        status.feeds().stream().map(FeedStatus::venue).collect(Collectors.toUnmodifiableSet());
    out += venues.stream().filter(venue -> !listed.contains(venue)).count();
    return new Probe(BOOKS_OUT_OF_ORDER, (double) out, 0, out == 0);
  }

  private static Probe lag(@Nullable Instant feedTime, Instant now) {
    if (feedTime == null) {
      return new Probe(ENGINE_LAG_MS, null, MOST_LAG_MS, false);
    }
    double lag = Math.max(0, Duration.between(feedTime, now).toMillis());
    return new Probe(ENGINE_LAG_MS, lag, MOST_LAG_MS, lag <= MOST_LAG_MS);
  }
}
