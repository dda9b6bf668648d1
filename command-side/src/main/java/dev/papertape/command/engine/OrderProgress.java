package dev.papertape.command.engine;

import dev.papertape.command.router.OrderNotDurableYet;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.OrderView;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.append.AppendFailure;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One order as far as it is durable, for the caller who waits for it. Written by the appender's
 * thread, read by the caller's.
 */
public final class OrderProgress {
  private final String orderId;
  private final CompletableFuture<Durable> settled = new CompletableFuture<>();
  private volatile @Nullable Durable latest;

  OrderProgress(String orderId) {
    this.orderId = orderId;
  }

  /** The order as its durable events make it, and where the newest of them stands. */
  public record Durable(OrderView order, long position, Instant recordedAt) {}

  public String orderId() {
    return orderId;
  }

  /**
   * Completes when there is something to answer: an IOC order is over, a GTC order is routed (or
   * over), or the engine's life ended. Fails when none of its facts is known to be durable.
   */
  public CompletableFuture<Durable> settled() {
    return settled;
  }

  /** The newest durable state, null before the first. */
  public @Nullable Durable latest() {
    return latest;
  }

  void apply(OrderEvent event, long position, Instant recordedAt) {
    keep(OrderView.fold(view(), event), position, recordedAt);
  }

  void apply(RouterEvent event, long position, Instant recordedAt) {
    keep(OrderView.fold(view(), event), position, recordedAt);
  }

  /**
   * Nothing more of this order will become durable in this engine's life: settles with what was
   * reached, or, when nothing was, fails.
   */
  void end(Throwable cause) {
    Durable durable = latest;
    if (durable == null) {
      settled.completeExceptionally(
          cause instanceof AppendFailure ? cause : new OrderNotDurableYet());
    } else {
      settled.complete(durable);
    }
  }

  /** Completes after a whole unit of work, so that a reply never shows half of one. */
  void unitIsDurable() {
    Durable durable = latest;
    if (durable != null
        && (durable.order().status().isTerminal() || isRoutedGtc(durable.order()))) {
      settled.complete(durable);
    }
  }

  private static boolean isRoutedGtc(OrderView order) {
    return order.timeInForce() == TimeInForce.GTC && order.status() != OrderStatus.ACCEPTED;
  }

  private @Nullable OrderView view() {
    Durable durable = latest;
    return durable == null ? null : durable.order();
  }

  private void keep(OrderView order, long position, Instant recordedAt) {
    latest = new Durable(order, position, recordedAt);
  }
}
