package dev.papertape.contracts.budget;

/** What a provider can be asked for. */
public enum Capability {
  /** Past candles. */
  OHLCV,
  /** A whole order book. */
  L2_SNAPSHOT,
  /** Past trades. */
  TRADES,
  /** The last or middle price of a symbol. */
  PRICE,
  /** What is traded, and how fine. */
  EXCHANGE_INFO,
  /** The provider's clock. */
  SERVER_TIME;

  /**
   * Whether one provider's answer can stand for another's. A venue's own candles, books, rules and
   * clock only that venue can give.
   */
  public boolean isInterchangeable() {
    return switch (this) {
      case PRICE -> true;
      case OHLCV, L2_SNAPSHOT, TRADES, EXCHANGE_INFO, SERVER_TIME -> false;
    };
  }
}
