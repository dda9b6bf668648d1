package dev.papertape.command.engine;

/** What became of a cancel. */
public sealed interface CancelOutcome {
  /** The rest is cancelled; the fact is on its way. */
  record Cancelled(FactReceipt receipt) implements CancelOutcome {}

  /** There is no open order of this id in the engine: unknown, or over already. */
  record NotOpen() implements CancelOutcome {}
}
