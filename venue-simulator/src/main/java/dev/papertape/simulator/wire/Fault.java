package dev.papertape.simulator.wire;

import java.util.Locale;

/**
 * What can be wrong with a message on request, so that who listens can show what he makes of it.
 */
public enum Fault {
  /** A book's change that ends in its middle. */
  MALFORMED,
  /** The first price of a book's change has a digit more than its tick. */
  OFF_TICK,
  /** A book's change brings a bid at twice the market. */
  CROSSED,
  /** Every quantity of a book's change is a hundred thousand times itself. */
  DEPTH_SPIKE,
  /** A trade at twice its price. */
  FAR_TRADE;

  /** As in {@code /sim/break/<path>}. */
  public String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
