package dev.papertape.command.execution;

import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The orders that are not over, oldest first, each with the policy under which it was accepted: it
 * keeps that one for life, whatever release becomes active meanwhile.
 */
final class OpenOrders {
  private final Map<String, Open> open = new LinkedHashMap<>();

  private record Open(LiveOrder order, RouterPolicy policy) {}

  void accepted(OrderAccepted event, RouterPolicy policy) {
    Open accepted = new Open(LiveOrder.accepted(event), policy);
    if (open.putIfAbsent(event.orderId(), accepted) != null) {
      throw new IllegalStateException("order " + event.orderId() + " was accepted twice");
    }
  }

  @Nullable LiveOrder find(String orderId) {
    Open found = open.get(orderId);
    return found == null ? null : found.order;
  }

  LiveOrder get(String orderId) {
    return known(orderId).order;
  }

  RouterPolicy policyOf(String orderId) {
    return known(orderId).policy;
  }

  Collection<LiveOrder> all() {
    return open.values().stream().map(Open::order).toList();
  }

  /** Keeps the order's new state, or forgets an order that is over. */
  void put(LiveOrder order) {
    if (order.status().isTerminal()) {
      open.remove(order.orderId());
    } else {
      open.put(order.orderId(), new Open(order, known(order.orderId()).policy));
    }
  }

  private Open known(String orderId) {
    Open found = open.get(orderId);
    if (found == null) {
      throw new IllegalStateException("order " + orderId + " is not open");
    }
    return found;
  }
}
