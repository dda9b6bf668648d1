package dev.papertape.command.engine;

import dev.papertape.contracts.execution.OrderStatus;

/** What became of a cancel. */
public sealed interface CancelOutcome {
  /** The rest is cancelled; the fact is on its way. */
  record Cancelled(FactReceipt receipt) implements CancelOutcome {}

  /** A leg of it is on its way to its venue, or nothing of it rests. */
  record NotResting(OrderStatus status) implements CancelOutcome {}

  /** There is no open order of this id in the engine: unknown, or over already. */
  record NotOpen() implements CancelOutcome {}
}
