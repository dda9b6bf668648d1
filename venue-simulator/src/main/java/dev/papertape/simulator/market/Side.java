package dev.papertape.simulator.market;

/** A side of the book. */
public enum Side {
  BID,
  ASK;

  Side opposite() {
    return this == BID ? ASK : BID;
  }

  /** {@code +1} where a better price is a higher one. */
  int betterIs() {
    return this == BID ? 1 : -1;
  }
}
