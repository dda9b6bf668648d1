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
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The hypothesis that every experiment holds against the system, as pure figures: the engine
 * answers and follows the clock, books are in order, messages are good.
 */
final class SteadyStateProbes {
  /** Clock time less feed time, ms. */
  static final String ENGINE_LAG_MS = "ENGINE_LAG_MS";

  /** Books that are not SYNCED, of those that must be. */
  static final String BOOKS_OUT_OF_ORDER = "BOOKS_OUT_OF_ORDER";

  /** Messages that broke a book that must not break, since the experiment began. */
  static final String BROKEN_MESSAGES = "BROKEN_MESSAGES";

  /** Whether the engine's thread answers at all: 0 when it does. */
  static final String ENGINE_SILENT = "ENGINE_SILENT";

  private static final double MOST_LAG_MS = 2_000;

  private SteadyStateProbes() {}

  /**
   * Of the fault's window: the books that it may cost are not asked for.
   *
   * @param status of the engine, null when it did not answer
   * @param spared those books
   * @param brokenBefore messages that had broken the others when the experiment began
   */
  static SteadyState of(
      @Nullable EngineStatus status,
      BiPredicate<Venue, Symbol> spared,
      long brokenBefore,
      Instant now) {
    return of(status, spared, spared, brokenBefore, now);
  }

  /** As {@link #of}, before or after the fault: every book must be in order. */
  static SteadyState ofAll(
      @Nullable EngineStatus status,
      BiPredicate<Venue, Symbol> spared,
      long brokenBefore,
      Instant now) {
    return of(status, (_, _) -> false, spared, brokenBefore, now);
  }

  private static SteadyState of(
      @Nullable EngineStatus status,
      BiPredicate<Venue, Symbol> maybeOut,
      BiPredicate<Venue, Symbol> maybeBroken,
      long brokenBefore,
      Instant now) {
    if (status == null) {
      return SteadyState.of(now, List.of(new Probe(ENGINE_SILENT, 1.0, 0, false)));
    }
    long out =
        status.feeds().stream()
            .filter(feed -> !maybeOut.test(feed.venue(), feed.symbol()))
            .filter(feed -> feed.state() != BookState.SYNCED)
            .count();
    boolean any = !status.feeds().isEmpty();
    long broken = Math.max(0, broken(status, maybeBroken) - brokenBefore);
    return SteadyState.of(
        now,
        List.of(
            new Probe(ENGINE_SILENT, 0.0, 0, true),
            lag(status.feedTime(), now),
            new Probe(BOOKS_OUT_OF_ORDER, any ? (double) out : null, 0, any && out == 0),
            new Probe(BROKEN_MESSAGES, (double) broken, 0, broken == 0)));
  }

  /** Messages that broke books that must not break, in this life of the engine. */
  static long broken(EngineStatus status, BiPredicate<Venue, Symbol> spared) {
    return status.feeds().stream()
        .filter(feed -> !spared.test(feed.venue(), feed.symbol()))
        .mapToLong(FeedStatus::brokenMessages)
        .sum();
  }

  private static Probe lag(@Nullable Instant feedTime, Instant now) {
    if (feedTime == null) {
      return new Probe(ENGINE_LAG_MS, null, MOST_LAG_MS, false);
    }
    double lag = Math.max(0, Duration.between(feedTime, now).toMillis());
    return new Probe(ENGINE_LAG_MS, lag, MOST_LAG_MS, lag <= MOST_LAG_MS);
  }
}
