package dev.papertape.contracts.execution;

import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.router.RouterEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order as its events tell it: the reply of {@code POST /api/orders} and of {@code GET
 * /api/orders/{orderId}}. Made by {@link #fold}, on both sides.
 *
 * @param decisionId null until it was routed or found unroutable
 * @param filledQuantity base units, 0 without a fill
 * @param averagePrice Σ price · quantity / Σ quantity over the fills in quote units, 16 significant
 *     digits; null without a fill
 * @param fees Σ of the fills' fees in quote units
 * @param legs as routed; empty until then
 * @param fills oldest first
 * @param blockedReason the guard's reason code, null unless BLOCKED
 * @param reason code of why it ended unfilled (blocked, unroutable, expired, cancelled), or of the
 *     newest leg that expired; else null
 * @param detail one sentence on {@code reason}, null without one
 * @param acceptedAt feed time of its first event
 * @param updatedAt feed time of its newest event
 */
public record OrderView(
    String orderId,
    @Nullable String decisionId,
    OrderStatus status,
    Symbol symbol,
    Side side,
    BigDecimal quantity,
    BigDecimal filledQuantity,
    @Nullable BigDecimal averagePrice,
    BigDecimal fees,
    @Nullable BigDecimal limitPrice,
    TimeInForce timeInForce,
    String alphaId,
    @Nullable String clientOrderId,
    List<OrderLegView> legs,
    List<OrderFillView> fills,
    @Nullable String blockedReason,
    @Nullable String reason,
    @Nullable String detail,
    Instant acceptedAt,
    Instant updatedAt) {

  /**
   * The order after one more event of its stream.
   *
   * @param before null before the first event
   * @throws IllegalStateException when the stream does not begin with an event that carries the
   *     intent
   */
  public static OrderView fold(@Nullable OrderView before, OrderEvent event) {
    return switch (event) {
      case OrderAccepted accepted ->
          begun(before, accepted.orderId(), accepted.intent(), accepted.feedTime());
      case OrderBlocked blocked -> {
        OrderView order = begun(before, blocked.orderId(), blocked.intent(), blocked.feedTime());
        yield new OrderViewChange(order, blocked.feedTime()).blocked(blocked);
      }
      case OrderFilled filled ->
          new OrderViewChange(known(before, event), filled.feedTime()).filled(filled);
      case OrderExpired expired ->
          new OrderViewChange(known(before, event), expired.feedTime()).expired(expired);
      case OrderCancelled cancelled ->
          new OrderViewChange(known(before, event), cancelled.feedTime())
              .ended(OrderStatus.CANCELLED, cancelled.reason(), null);
    };
  }

  /** The order after its routing decision. */
  public static OrderView fold(@Nullable OrderView before, RouterEvent event) {
    OrderView order = begun(before, event.orderId(), event.context().intent(), event.feedTime());
    var change = new OrderViewChange(order, event.feedTime());
    return switch (event) {
      case RouterEvent.OrderRouted routed -> change.routed(routed);
      case RouterEvent.OrderUnroutable unroutable -> change.unroutable(unroutable);
    };
  }

  private static OrderView begun(
      @Nullable OrderView before, String orderId, OrderIntent intent, Instant feedTime) {
    if (before != null) {
      return before;
    }
    return new OrderView(
        orderId,
        null,
        OrderStatus.ACCEPTED,
        intent.symbol(),
        intent.side(),
        intent.quantity(),
        BigDecimal.ZERO,
        null,
        BigDecimal.ZERO,
        intent.limitPrice(),
        intent.timeInForce(),
        intent.alphaId(),
        intent.clientOrderId(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        feedTime,
        feedTime);
  }

  private static OrderView known(@Nullable OrderView before, OrderEvent event) {
    if (before == null) {
      throw new IllegalStateException(
          event.getClass().getSimpleName() + " of an order that never began: " + event.orderId());
    }
    return before;
  }
}
