package dev.papertape.command.execution;

import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.OrderStatus;

/** What became of a wish to cancel an order. */
public sealed interface Cancellation {
  /** The order is over; the event has been applied. */
  record Done(OrderCancelled event) implements Cancellation {}

  /** No open order has this id. */
  record NotOpen() implements Cancellation {}

  /** A leg is on its way, or nothing of the order rests. */
  record NotResting(OrderStatus status) implements Cancellation {}
}
