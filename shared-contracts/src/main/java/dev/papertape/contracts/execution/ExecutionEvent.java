package dev.papertape.contracts.execution;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.audit.Provenance;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order's life (stream {@code order:<orderId>}) and the paper account (stream {@code
 * portfolio:paper}). Payloads hold no recorded time and no position, so that the same recording
 * gives the same bytes.
 */
public sealed interface ExecutionEvent extends DomainEvent {
  /** Feed time at which it happened. */
  Instant feedTime();

  /** An event of one order. */
  sealed interface OrderEvent extends ExecutionEvent {
    String orderId();
  }

  /**
   * The engine consumed the intent.
   *
   * @param frame number of market frames the engine had merged before it
   * @param windows the feature windows that led to it; empty for people and programs
   * @param source {@code mailbox} for people and programs, {@code alpha:<id>} for alphas
   * @param allocations whose it is, by alpha id; empty in logs from before there were several
   *     alphas, and then it is all its intent's
   */
  record OrderAccepted(
      String orderId,
      OrderIntent intent,
      String source,
      long frame,
      List<FeatureWindow> windows,
      List<Allocation> allocations,
      Instant feedTime)
      implements OrderEvent {
    public OrderAccepted {
      allocations = orEmpty(allocations);
    }
  }

  /**
   * A guard refused the order before it was routed.
   *
   * @param reason the guard's reason code, never empty
   * @param detail one sentence with the value and the limit
   * @param inputs every value that the guard looked at
   */
  record OrderBlocked(
      String orderId,
      OrderIntent intent,
      String reason,
      String detail,
      Map<String, String> inputs,
      Provenance provenance,
      Instant feedTime)
      implements OrderEvent {}

  /**
   * A part of one leg filled on paper.
   *
   * @param fillId deterministic id
   * @param leg index into the routed legs
   * @param levels the book levels it took, best first; one level at the limit for a maker fill
   * @param price volume-weighted average price of this fill, exact
   * @param fee in quote units; negative is a rebate
   * @param liquidity whether it took or gave liquidity
   * @param bookSequence the venue's sequence of the book it walked
   * @param mid common mid when it filled, null if unknown
   * @param decisionMid common mid at the decision
   * @param latencyMs feed time from decision to fill
   * @param remaining of the order after this fill
   * @param account the account after this fill
   * @param shares whose it is, by alpha id; empty in logs from before there were several alphas
   */
  record OrderFilled(
      String orderId,
      String fillId,
      String decisionId,
      String alphaId,
      int leg,
      Venue venue,
      Symbol symbol,
      Side side,
      BigDecimal quantity,
      BigDecimal price,
      List<FilledLevel> levels,
      BigDecimal fee,
      double feeBps,
      Liquidity liquidity,
      @Nullable Long bookSequence,
      @Nullable BigDecimal mid,
      @Nullable BigDecimal decisionMid,
      long latencyMs,
      BigDecimal remaining,
      AccountAfterFill account,
      List<FillShare> shares,
      Instant feedTime)
      implements OrderEvent {
    public OrderFilled {
      shares = orEmpty(shares);
    }
  }

  /**
   * What was left of the order (or of one leg) will not fill.
   *
   * @param leg index of the leg, null when the whole order ended
   * @param reason code, never empty: {@code IOC_REMAINDER}, {@code UNFILLED_REMAINDER}, {@code
   *     BOOK_NOT_SYNCED}, {@code BOOK_STALE}, {@code NO_LIQUIDITY_WITHIN_LIMIT}, {@code
   *     PARTICIPATION_CAP}, {@code ENGINE_RESTARTED}
   * @param terminal whether the order as a whole is over with this event
   */
  record OrderExpired(
      String orderId,
      @Nullable Integer leg,
      @Nullable Venue venue,
      String reason,
      String detail,
      BigDecimal unfilled,
      boolean terminal,
      Instant feedTime)
      implements OrderEvent {}

  /** A resting order was cancelled. */
  record OrderCancelled(
      String orderId, String reason, BigDecimal unfilled, long frame, Instant feedTime)
      implements OrderEvent {}

  /** A position went back to zero or changed its sign; {@code realizedPnl} of the closed round. */
  record PositionClosed(
      Symbol symbol, BigDecimal realizedPnl, BigDecimal fees, Instant openedAt, Instant feedTime)
      implements ExecutionEvent {}

  /**
   * The account valued at common mids: once a feed second in which something moved.
   *
   * @param marks common mids of all symbols that have one, by symbol; empty in old logs
   */
  record PortfolioMarked(
      String currency,
      BigDecimal cash,
      BigDecimal equity,
      BigDecimal realizedPnl,
      BigDecimal unrealizedPnl,
      BigDecimal fees,
      List<PositionMark> positions,
      List<SymbolMark> marks,
      Instant feedTime)
      implements ExecutionEvent {
    public PortfolioMarked {
      marks = orEmpty(marks);
    }
  }

  /**
   * Opposite wishes of alphas met inside, at the common mid and without cost; the account as a
   * whole did not change. Stream {@code portfolio:paper}.
   *
   * @param transfers signed base units by alpha id; they add up to 0
   */
  record AlphasCrossed(
      String rebalanceId, Symbol symbol, BigDecimal mid, List<Transfer> transfers, Instant feedTime)
      implements ExecutionEvent {
    /**
     * @param quantity signed base units, not 0
     */
    public record Transfer(String alphaId, BigDecimal quantity) {}
  }

  /**
   * Where the common mid was some time after a fill: stream {@code reviews}.
   *
   * @param seconds 1, 10 or 60 of feed time after the fill
   * @param mid null when no venue was fresh then
   */
  record FillMarkedOut(
      String orderId,
      String fillId,
      Venue venue,
      Symbol symbol,
      int seconds,
      @Nullable BigDecimal mid,
      Instant feedTime)
      implements ExecutionEvent {}

  /**
   * A routed order in hindsight, once it is over and each alternative has been looked at: stream
   * {@code reviews}.
   *
   * @param filled base units
   * @param averagePrice of all fills, null without one
   * @param decisionMid P_d: common mid at the decision
   * @param arrivalMid P_0: common mid when the first leg reached its venue, null if none did or no
   *     venue was fresh
   * @param terminalMid P_n: common mid when the order was over
   * @param regretBps all-in bps of what was filled beside the best single alternative for the same
   *     quantity, &ge; 0; null without a fill or an alternative
   */
  record OrderReviewed(
      String orderId,
      String decisionId,
      String alphaId,
      Symbol symbol,
      Side side,
      BigDecimal quantity,
      BigDecimal filled,
      @Nullable BigDecimal averagePrice,
      BigDecimal fees,
      @Nullable BigDecimal decisionMid,
      @Nullable BigDecimal arrivalMid,
      @Nullable BigDecimal terminalMid,
      List<LegReview> legs,
      @Nullable Double regretBps,
      Instant feedTime)
      implements ExecutionEvent {}

  /** A new paper account; history stays. Also the first event of an account's life. */
  record PortfolioReset(
      String currency, BigDecimal initialCash, String reason, long frame, Instant feedTime)
      implements ExecutionEvent {}

  /**
   * Where the engine stands: stream {@code engine}, about once a feed minute and at a clean stop.
   * An engine that starts folds the newest one and what follows it.
   *
   * @param frame number of market frames merged before it
   */
  record EngineCheckpointed(AccountCheckpoint account, long frame, Instant feedTime)
      implements ExecutionEvent {
    /** Name of the stream. */
    public static final String STREAM = "engine";
  }

  /** A list that older payloads do not have. */
  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
