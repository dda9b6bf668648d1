package dev.papertape.contracts.quality;

/** Why a guard did not simply pass a record. */
public enum QualityReason {
  // Any channel.
  /** Fields missing, of another type, or not finite numbers. */
  SCHEMA,
  NON_POSITIVE_PRICE,
  OUT_OF_ORDER,
  /** The same record again, identical. */
  DUPLICATE,
  STALE,
  /** The clock of the venue and ours differ by more than their usual distance. */
  CLOCK_SKEW,

  // OHLCV.
  OHLC_INCONSISTENT,
  NEGATIVE_VOLUME,
  /** The open time does not lie on the interval's grid. */
  MISALIGNED,
  /** A bar that was offered before its interval was over. */
  NOT_FINAL,
  /** Another bar for an interval that has one. */
  REVISION,
  MISSING_BARS,
  SPIKE,
  FLATLINE,
  VOLUME_SPIKE,
  /** The same content under other timestamps. */
  REPEATED_CONTENT,
  /** A stream that is another venue's, bar by bar. */
  CLONED_STREAM,
  CROSS_VENUE_DEVIATION,
  /** Trades go on while the quotes stand still. */
  FROZEN_QUOTES,

  // L2 and trades.
  OFF_TICK,
  NEGATIVE_QUANTITY,
  OFF_LOT,
  UNSORTED,
  REPEATED_LEVEL,
  CROSSED,
  SEQUENCE_GAP,
  CHECKSUM_DIVERGENCE,
  RESET,
  /** The connection was lost, and the book with it. */
  DISCONNECTED,
  /** A change that came while its book awaited a snapshot, and was not needed in the end. */
  AWAITING_SNAPSHOT,
  /** A snapshot that came too late, or that does not reach the changes that followed. */
  SNAPSHOT_UNFIT,
  DEPTH_COLLAPSE,
  DEPTH_SPIKE,
  SPREAD_SPIKE,
  TOP_JUMP,
  TRADE_ID_GAP,
  /** A trade at a price far from the book of its venue. */
  TRADE_FAR_FROM_BOOK
}
