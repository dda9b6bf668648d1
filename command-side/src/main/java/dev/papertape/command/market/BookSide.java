package dev.papertape.command.market;

import dev.papertape.contracts.execution.Side;

/** A side of a book. */
public enum BookSide {
  BID,
  ASK;

  /** The side that an order of this direction takes from. */
  public static BookSide takenBy(Side side) {
    return side == Side.BUY ? ASK : BID;
  }

  /** Whether price {@code a} is better than {@code b} for who takes from this side. */
  public boolean better(long a, long b) {
    return this == ASK ? a < b : a > b;
  }
}
