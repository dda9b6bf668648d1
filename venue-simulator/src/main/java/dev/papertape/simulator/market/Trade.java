package dev.papertape.simulator.market;

/**
 * One taker order's fills at one price.
 *
 * @param id of the aggregate, counting from 1 without holes
 * @param firstTradeId first single trade within
 * @param lastTradeId last single trade within
 * @param ticks price in ticks
 * @param lots quantity in lots, {@code > 0}
 * @param millis simulated epoch time
 * @param buyerIsMaker true when the taker sold
 */
public record Trade(
    long id,
    long firstTradeId,
    long lastTradeId,
    long ticks,
    long lots,
    long millis,
    boolean buyerIsMaker) {

  public long count() {
    return lastTradeId - firstTradeId + 1;
  }
}
