package dev.papertape.command.execution;

import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The orders that are not over, oldest first. */
final class OpenOrders {
  private final Map<String, LiveOrder> open = new LinkedHashMap<>();

  void accepted(OrderAccepted event) {
    if (open.putIfAbsent(event.orderId(), LiveOrder.accepted(event)) != null) {
      throw new IllegalStateException("order " + event.orderId() + " was accepted twice");
    }
  }

  @Nullable LiveOrder find(String orderId) {
    return open.get(orderId);
  }

  LiveOrder get(String orderId) {
    LiveOrder order = open.get(orderId);
    if (order == null) {
      throw new IllegalStateException("order " + orderId + " is not open");
    }
    return order;
  }

  Collection<LiveOrder> all() {
    return List.copyOf(open.values());
  }

  /** Keeps the order's new state, or forgets an order that is over. */
  void put(LiveOrder order) {
    if (order.status().isTerminal()) {
      open.remove(order.orderId());
    } else {
      open.put(order.orderId(), order);
    }
  }
}
