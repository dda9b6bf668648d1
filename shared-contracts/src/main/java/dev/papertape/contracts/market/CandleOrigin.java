package dev.papertape.contracts.market;

/** Where a candle came from. */
public enum CandleOrigin {
  /** The venue's own candle, as it streamed it. */
  STREAM,
  /** The venue's own candle, asked for over REST. */
  REST,
  /** Built here from the venue's trades. */
  TRADES
}
