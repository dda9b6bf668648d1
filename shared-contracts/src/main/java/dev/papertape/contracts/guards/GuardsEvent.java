package dev.papertape.contracts.guards;

import dev.papertape.contracts.DomainEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether trading may go on: what operators said of it, and what the engine's guards saw. Values
 * and limits are in the {@linkplain GuardName#unit() guard's unit}.
 */
public sealed interface GuardsEvent extends DomainEvent {

  /** The trading state's life: stream {@code trading-state:paper}. */
  sealed interface TradingEvent extends GuardsEvent {
    String reason();
  }

  record TradingHalted(String tradingStateId, String reason) implements TradingEvent {}

  record TradingReduced(String tradingStateId, String reason) implements TradingEvent {}

  /**
   * @param overruled guards that reduced trading when the operator said this; they start over.
   *     Empty in logs from before there were such guards
   */
  record TradingResumed(String tradingStateId, String reason, List<GuardName> overruled)
      implements TradingEvent {
    public TradingResumed {
      overruled = orEmpty(overruled);
    }
  }

  /**
   * An operator set a limit, which outweighs the release's until he takes it back; stream {@code
   * guard-limits:paper}.
   *
   * @param limit null: the default or the release's holds again
   * @param previous what he had set before, null if nothing
   */
  record GuardLimitChanged(
      String guardLimitsId,
      GuardName guard,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal previous,
      String reason)
      implements GuardsEvent {}

  /** A guard with a lasting state changed it: facts on stream {@code guard:<NAME>}. */
  sealed interface StandingEvent extends GuardsEvent {
    GuardName guard();

    /** {@code ACCOUNT}, {@code SYMBOL:<symbol>} or {@code VENUE:<venue>}. */
    String scope();

    Instant feedTime();

    /** Name of a guard's stream. */
    static String stream(GuardName guard) {
      return "guard:" + guard;
    }
  }

  /**
   * @param reason one sentence with the value and the limit
   * @param clearsWhen one sentence
   * @param inputs every value that the guard looked at, as plain text
   */
  record GuardTripped(
      GuardName guard,
      String scope,
      BigDecimal value,
      BigDecimal limit,
      String reason,
      String clearsWhen,
      SortedMap<String, String> inputs,
      Instant feedTime)
      implements StandingEvent {}

  /**
   * @param reason what ended it, one sentence
   * @param inputs every value that the guard looked at, as plain text
   */
  record GuardCleared(
      GuardName guard,
      String scope,
      BigDecimal value,
      BigDecimal limit,
      String reason,
      SortedMap<String, String> inputs,
      Instant feedTime)
      implements StandingEvent {}

  /**
   * How the guards stood, about every ten seconds of feed time, when a limit changed and at a clean
   * stop: stream {@value #STREAM}. An engine that starts folds the newest one and what follows it.
   *
   * @param seen of each guard those scopes that are tripped, else the one that is nearest to it
   * @param peaks the highest equity of each minute of the look-back that no later one outdoes,
   *     oldest first
   * @param lossStreak rounds closed in a row with a loss
   * @param newestLoss feed time of the newest of them, null without one
   */
  record GuardsObserved(
      List<GuardSeen> seen,
      List<EquityPeak> peaks,
      long lossStreak,
      @Nullable Instant newestLoss,
      Instant feedTime)
      implements GuardsEvent {
    /** Name of the stream. */
    public static final String STREAM = "guards";
  }

  /**
   * One guard as it stands.
   *
   * @param value null when there is nothing to measure yet
   * @param since feed time at which it tripped, null when it is clear
   * @param clearsWhen one sentence, null when it is clear
   */
  record GuardSeen(
      GuardName guard,
      String scope,
      @Nullable BigDecimal value,
      BigDecimal limit,
      @Nullable Instant since,
      @Nullable String clearsWhen) {
    public boolean tripped() {
      return since != null;
    }
  }

  /**
   * @param minute its start, feed time
   */
  record EquityPeak(Instant minute, BigDecimal equity) {}

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
