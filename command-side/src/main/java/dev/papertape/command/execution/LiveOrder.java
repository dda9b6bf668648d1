package dev.papertape.command.execution;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as its events made it; immutable. The live path and the fold of the log are the same
 * path: {@link #after}.
 *
 * @param decision how it was routed, null before
 * @param legs as routed, with what is left of each; empty before
 * @param remaining base units that have not filled
 * @param fills number of fills so far
 * @param owned whose the unfilled rest is
 */
public record LiveOrder(
    String orderId,
    OrderIntent intent,
    OrderStatus status,
    @Nullable Decision decision,
    List<LiveLeg> legs,
    BigDecimal remaining,
    int fills,
    OwnedRemainder owned) {

  /** What fills refer to of the decision. */
  public record Decision(String decisionId, @Nullable BigDecimal mid, Instant feedTime) {}

  /**
   * One leg.
   *
   * @param remaining base units that have not filled
   * @param open whether it is on its way or resting
   */
  public record LiveLeg(
      Venue venue,
      BigDecimal quantity,
      @Nullable BigDecimal limit,
      BigDecimal remaining,
      boolean open) {
    private LiveLeg filled(BigDecimal filled) {
      BigDecimal left = remaining.subtract(filled);
      if (left.signum() < 0) {
        throw new IllegalStateException("leg at " + venue + " filled beyond its quantity");
      }
      return new LiveLeg(venue, quantity, limit, left, open && left.signum() > 0);
    }

    private LiveLeg closed() {
      return new LiveLeg(venue, quantity, limit, remaining, false);
    }
  }

  public static LiveOrder accepted(OrderAccepted event) {
    return new LiveOrder(
        event.orderId(),
        event.intent(),
        OrderStatus.ACCEPTED,
        null,
        List.of(),
        event.intent().quantity(),
        0,
        OwnedRemainder.of(event));
  }

  /**
   * The order that these events of one stream make, in log order.
   *
   * @throws IllegalStateException if the events are no legal life of an order
   */
  public static LiveOrder foldFrom(List<? extends DomainEvent> events) {
    if (events.isEmpty() || !(events.getFirst() instanceof OrderAccepted first)) {
      throw new IllegalStateException("an order's life begins with OrderAccepted");
    }
    LiveOrder order = accepted(first);
    for (DomainEvent event : events.subList(1, events.size())) {
      order =
          switch (event) {
            case RouterEvent routing -> order.after(routing);
            case OrderEvent happening -> order.after(happening);
            default -> throw new IllegalStateException("not an order's event: " + event);
          };
    }
    return order;
  }

  /** The order after it was routed, or found unroutable. */
  public LiveOrder after(RouterEvent event) {
    return switch (event) {
      case RouterEvent.OrderRouted routed ->
          new LiveOrder(
              orderId,
              intent,
              moved(OrderStatus.WORKING),
              new Decision(routed.decisionId(), routed.context().refMid(), routed.feedTime()),
              routed.decision().legs().stream().map(LiveOrder::open).toList(),
              remaining,
              fills,
              owned);
      case RouterEvent.OrderUnroutable _ -> ended(OrderStatus.UNROUTABLE);
    };
  }

  /** The order after a later event of its own. */
  public LiveOrder after(OrderEvent event) {
    return switch (event) {
      case OrderAccepted _ ->
          throw new IllegalStateException("order " + orderId + " was accepted twice");
      case OrderBlocked _ -> ended(OrderStatus.BLOCKED);
      case OrderFilled fill -> filled(fill);
      case OrderExpired expired -> expired(expired);
      case OrderCancelled _ -> ended(OrderStatus.CANCELLED);
    };
  }

  public boolean hasOpenLegs() {
    return legs.stream().anyMatch(LiveLeg::open);
  }

  private LiveOrder filled(OrderFilled fill) {
    BigDecimal left = remaining.subtract(fill.quantity());
    OrderStatus next = left.signum() == 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
    List<LiveLeg> after = withLeg(fill.leg(), legs.get(fill.leg()).filled(fill.quantity()));
    return new LiveOrder(
        orderId, intent, moved(next), decision, after, left, fills + 1, owned.after(fill.shares()));
  }

  private LiveOrder expired(OrderExpired event) {
    if (event.terminal()) {
      return ended(OrderStatus.EXPIRED);
    }
    Integer leg = event.leg();
    if (leg == null) {
      throw new IllegalStateException("order " + orderId + ": an expiry of no leg is terminal");
    }
    return new LiveOrder(
        orderId,
        intent,
        status,
        decision,
        withLeg(leg, legs.get(leg).closed()),
        remaining,
        fills,
        owned);
  }

  private LiveOrder ended(OrderStatus end) {
    return new LiveOrder(
        orderId,
        intent,
        moved(end),
        decision,
        legs.stream().map(LiveLeg::closed).toList(),
        remaining,
        fills,
        owned);
  }

  private OrderStatus moved(OrderStatus to) {
    return OrderLife.move(orderId, status, to);
  }

  private List<LiveLeg> withLeg(int index, LiveLeg leg) {
    LiveLeg[] changed = legs.toArray(LiveLeg[]::new);
    changed[index] = leg;
    return List.of(changed);
  }

  private static LiveLeg open(Leg leg) {
    return new LiveLeg(leg.venue(), leg.quantity(), leg.limit(), leg.quantity(), true);
  }
}
