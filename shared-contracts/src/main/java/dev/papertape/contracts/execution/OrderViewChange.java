package dev.papertape.contracts.execution;

import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RouterEvent.OrderUnroutable;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cases of {@link OrderView#fold}: what each event does to an order that has begun. */
record OrderViewChange(OrderView order, Instant feedTime) {

  OrderView blocked(OrderBlocked blocked) {
    return withEnd(OrderStatus.BLOCKED, blocked.reason(), blocked.reason(), blocked.detail());
  }

  OrderView ended(OrderStatus status, @Nullable String reason, @Nullable String detail) {
    return withEnd(status, order.blockedReason(), reason, detail);
  }

  OrderView routed(OrderRouted routed) {
    List<OrderLegView> legs =
        routed.decision().legs().stream().map(OrderViewChange::unfilled).toList();
    return decided(OrderStatus.WORKING, routed.decisionId(), legs, null);
  }

  OrderView unroutable(OrderUnroutable unroutable) {
    return decided(
        OrderStatus.UNROUTABLE, unroutable.decisionId(), List.of(), unroutable.decision().reason());
  }

  OrderView filled(OrderFilled filled) {
    List<OrderFillView> fills = new ArrayList<>(order.fills());
    fills.add(OrderFillView.of(filled));
    BigDecimal quantity = sum(fills, OrderFillView::quantity);
    BigDecimal notional = sum(fills, fill -> fill.price().multiply(fill.quantity()));
    boolean complete = filled.remaining().signum() == 0;
    List<OrderLegView> legs = new ArrayList<>(order.legs());
    legs.set(filled.leg(), withFill(legs.get(filled.leg()), filled.quantity()));
    return new OrderView(
        order.orderId(),
        order.decisionId(),
        complete ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED,
        order.symbol(),
        order.side(),
        order.quantity(),
        quantity,
        notional.divide(quantity, MathContext.DECIMAL64),
        sum(fills, OrderFillView::fee),
        order.limitPrice(),
        order.timeInForce(),
        order.alphaId(),
        order.clientOrderId(),
        List.copyOf(legs),
        List.copyOf(fills),
        order.blockedReason(),
        order.reason(),
        order.detail(),
        order.acceptedAt(),
        feedTime);
  }

  OrderView expired(OrderExpired expired) {
    OrderView ended =
        ended(
            expired.terminal() ? OrderStatus.EXPIRED : order.status(),
            expired.reason(),
            expired.detail());
    Integer leg = expired.leg();
    if (leg == null) {
      return ended;
    }
    List<OrderLegView> legs = new ArrayList<>(order.legs());
    OrderLegView old = legs.get(leg);
    legs.set(
        leg,
        new OrderLegView(
            old.venue(), old.quantity(), old.limit(), old.filledQuantity(), expired.reason()));
    return withLegs(ended, ended.status(), ended.decisionId(), legs, ended.reason());
  }

  private OrderView decided(
      OrderStatus status, String decisionId, List<OrderLegView> legs, @Nullable String reason) {
    return withLegs(order, status, decisionId, legs, reason);
  }

  private OrderView withLegs(
      OrderView from,
      OrderStatus status,
      @Nullable String decisionId,
      List<OrderLegView> legs,
      @Nullable String reason) {
    return new OrderView(
        from.orderId(),
        decisionId,
        status,
        from.symbol(),
        from.side(),
        from.quantity(),
        from.filledQuantity(),
        from.averagePrice(),
        from.fees(),
        from.limitPrice(),
        from.timeInForce(),
        from.alphaId(),
        from.clientOrderId(),
        List.copyOf(legs),
        from.fills(),
        from.blockedReason(),
        reason,
        from.detail(),
        from.acceptedAt(),
        feedTime);
  }

  private OrderView withEnd(
      OrderStatus status,
      @Nullable String blockedReason,
      @Nullable String reason,
      @Nullable String detail) {
    return new OrderView(
        order.orderId(),
        order.decisionId(),
        status,
        order.symbol(),
        order.side(),
        order.quantity(),
        order.filledQuantity(),
        order.averagePrice(),
        order.fees(),
        order.limitPrice(),
        order.timeInForce(),
        order.alphaId(),
        order.clientOrderId(),
        order.legs(),
        order.fills(),
        blockedReason,
        reason,
        detail,
        order.acceptedAt(),
        feedTime);
  }

  private static OrderLegView unfilled(RoutingDecision.Leg leg) {
    return new OrderLegView(leg.venue(), leg.quantity(), leg.limit(), BigDecimal.ZERO, null);
  }

  private static OrderLegView withFill(OrderLegView leg, BigDecimal quantity) {
    return new OrderLegView(
        leg.venue(),
        leg.quantity(),
        leg.limit(),
        leg.filledQuantity().add(quantity),
        leg.expiredReason());
  }

  private static BigDecimal sum(
      List<OrderFillView> fills, Function<OrderFillView, BigDecimal> part) {
    return fills.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
