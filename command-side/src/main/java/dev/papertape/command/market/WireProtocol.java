package dev.papertape.command.market;

import dev.papertape.contracts.market.IntegrityScheme;

/** A venue's wire format; several venues may speak the same. */
public enum WireProtocol {
  BINANCE_SPOT(IntegrityScheme.SEQUENCE),
  BINANCE_FUTURES(IntegrityScheme.SEQUENCE),
  /** Coinbase Advanced Trade. */
  COINBASE(IntegrityScheme.SEQUENCE),
  /** Old recordings only; its trades are numbered, its level2 is not, so no book is ever proved. */
  COINBASE_PRO(IntegrityScheme.SEQUENCE),
  /** Kraken's v2; decimals are JSON numbers. */
  KRAKEN(IntegrityScheme.CHECKSUM),
  /** Old recordings only. */
  KRAKEN_V1(IntegrityScheme.CHECKSUM);

  private final IntegrityScheme integrity;

  WireProtocol(IntegrityScheme integrity) {
    this.integrity = integrity;
  }

  /** What the protocol offers to prove that nothing is missing. */
  public IntegrityScheme integrity() {
    return integrity;
  }

  /** How it tells one-minute candles. */
  public CandleSource candles() {
    return switch (this) {
      case BINANCE_SPOT, BINANCE_FUTURES -> CandleSource.CLOSED_ROWS;
      case KRAKEN -> CandleSource.RUNNING_ROWS;
      case COINBASE, COINBASE_PRO, KRAKEN_V1 -> CandleSource.TRADES;
    };
  }

  /** Whether prices and quantities are strings on the wire, whose text can be quoted. */
  public boolean quotesDecimals() {
    return this != KRAKEN;
  }
}
