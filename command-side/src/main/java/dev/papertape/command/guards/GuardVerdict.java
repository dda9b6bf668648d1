package dev.papertape.command.guards;

import java.util.SortedMap;

/** Whether an order may be routed. */
public sealed interface GuardVerdict {
  record Passed() implements GuardVerdict {}

  /**
   * Refused.
   *
   * @param detail one sentence with the value and the limit
   * @param inputs every value that the guard looked at, as plain text
   */
  record Blocked(Reason reason, String detail, SortedMap<String, String> inputs)
      implements GuardVerdict {}

  /** The guards, in the order in which they are asked; the first that refuses is the reason. */
  enum Reason {
    HALTED,
    /** Trading is being reduced, and the order would not bring the position closer to zero. */
    REDUCING,
    NO_SYNCED_BOOK,
    STALE_DATA,
    /**
     * Of the books in order, each is doubted by the guards over market data; or a feature that led
     * to the order is made of a stream that is neither OK nor FLAGGED.
     */
    SUSPECT_DATA,
    LOT_STEP,
    MIN_NOTIONAL,
    MAX_NOTIONAL,
    MAX_EXPOSURE,
    ORDER_RATE
  }
}
