package dev.papertape.simulator.market;

/** Where executed taker orders are told. */
@FunctionalInterface
interface Prints {

  /**
   * @param ticks price
   * @param lots quantity, {@code > 0}
   * @param buyerIsMaker true when the taker sold
   */
  void print(long ticks, long lots, boolean buyerIsMaker);
}
