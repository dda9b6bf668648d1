package dev.papertape.command.market;

import dev.papertape.contracts.market.CandleOrigin;

/** How a venue's stream tells one-minute candles. */
public enum CandleSource {
  /** Binance: a row of every minute, said to be closed when it is. */
  CLOSED_ROWS(CandleOrigin.STREAM),
  /**
   * Kraken v2: the row as it stands, never said to be final; none of a minute without trades. It is
   * final when the next one begins or its end has passed.
   */
  RUNNING_ROWS(CandleOrigin.STREAM),
  /** Coinbase, whose candles are of five minutes: one minute ones are built from its trades. */
  TRADES(CandleOrigin.TRADES);

  private final CandleOrigin origin;

  CandleSource(CandleOrigin origin) {
    this.origin = origin;
  }

  public CandleOrigin origin() {
    return origin;
  }

  /** Whether a minute without trades has a row, so that one without a row is missing. */
  public boolean tellsEveryMinute() {
    return this == CLOSED_ROWS;
  }
}
