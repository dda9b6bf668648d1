package dev.papertape.command.execution;

import static dev.papertape.contracts.execution.OrderStatus.ACCEPTED;
import static dev.papertape.contracts.execution.OrderStatus.BLOCKED;
import static dev.papertape.contracts.execution.OrderStatus.CANCELLED;
import static dev.papertape.contracts.execution.OrderStatus.EXPIRED;
import static dev.papertape.contracts.execution.OrderStatus.FILLED;
import static dev.papertape.contracts.execution.OrderStatus.PARTIALLY_FILLED;
import static dev.papertape.contracts.execution.OrderStatus.UNROUTABLE;
import static dev.papertape.contracts.execution.OrderStatus.WORKING;

import dev.papertape.contracts.execution.OrderStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The moves of an order's life; every other move is a bug.
 *
 * <pre>
 *            ┌─► BLOCKED    ┌──────────────► CANCELLED, EXPIRED, FILLED
 * ACCEPTED ──┼─► WORKING ───┤                     ▲
 *   │        └─► UNROUTABLE └─► PARTIALLY_FILLED ─┘ (again and again)
 *   └─► EXPIRED (the engine restarted before it was routed)
 * </pre>
 */
final class OrderLife {
  private static final Map<OrderStatus, Set<OrderStatus>> MOVES = moves();

  private OrderLife() {}

  /**
   * Returns {@code to}.
   *
   * @throws IllegalStateException if an order may not go there from {@code from}
   */
  static OrderStatus move(String orderId, OrderStatus from, OrderStatus to) {
    if (!MOVES.getOrDefault(from, Set.of()).contains(to)) {
      throw new IllegalStateException("order " + orderId + " cannot go from " + from + " to " + to);
    }
    return to;
  }

  private static Map<OrderStatus, Set<OrderStatus>> moves() {
    Map<OrderStatus, Set<OrderStatus>> moves = new EnumMap<>(OrderStatus.class);
    moves.put(ACCEPTED, EnumSet.of(BLOCKED, UNROUTABLE, WORKING, EXPIRED));
    moves.put(WORKING, EnumSet.of(PARTIALLY_FILLED, FILLED, CANCELLED, EXPIRED));
    moves.put(PARTIALLY_FILLED, EnumSet.of(PARTIALLY_FILLED, FILLED, CANCELLED, EXPIRED));
    return moves;
  }
}
