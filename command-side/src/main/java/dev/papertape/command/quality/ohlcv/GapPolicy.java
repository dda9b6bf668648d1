package dev.papertape.command.quality.ohlcv;

/** What a venue publishes for an interval in which nobody traded. */
public enum GapPolicy {
  /** A bar with volume 0: every missing bar is a hole. Binance's klines. */
  BAR_FOR_EVERY_INTERVAL,
  /**
   * Nothing: missing bars are legal, unless so many in a row that chance does not explain them in a
   * stream that trades as often as this one did. Coinbase, Kraken's stream, bars made from trades.
   */
  NO_TRADE_NO_BAR
}
