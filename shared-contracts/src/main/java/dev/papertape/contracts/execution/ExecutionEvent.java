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
   */
  record OrderAccepted(
      String orderId,
      OrderIntent intent,
      String source,
      long frame,
      List<FeatureWindow> windows,
      Instant feedTime)
      implements OrderEvent {}

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
      Instant feedTime)
      implements OrderEvent {}

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

  /** The account valued at common mids: once a feed second in which something moved. */
  record PortfolioMarked(
      String currency,
      BigDecimal cash,
      BigDecimal equity,
      BigDecimal realizedPnl,
      BigDecimal unrealizedPnl,
      BigDecimal fees,
      List<PositionMark> positions,
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
}
