package dev.papertape.contracts.alpha;

/** Where an alpha's signal comes from. */
public enum AlphaKind {
  MOMENTUM,
  MEAN_REVERSION,
  BREAKOUT,
  ORDER_BOOK_IMBALANCE,
  VOLATILITY_CARRY,
  /** A bean or a service of somebody else's jar, found at the start. */
  PROVIDED,
  /** Signals come over HTTP. */
  EXTERNAL
}
