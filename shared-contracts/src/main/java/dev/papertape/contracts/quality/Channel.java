package dev.papertape.contracts.quality;

/** What a stream carries. */
public enum Channel {
  /** Unit of its counts: one bar. */
  OHLCV,
  /** Unit of its counts: one message of one symbol. */
  L2,
  /** Unit of its counts: one trade. */
  TRADES
}
