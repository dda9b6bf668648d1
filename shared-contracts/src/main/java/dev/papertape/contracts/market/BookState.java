package dev.papertape.contracts.market;

/** What a book is worth right now. Only {@link #SYNCED} books are routed to. */
public enum BookState {
  /** Every message since the snapshot was applied in order, and the newest is fresh. */
  SYNCED,
  /** In order, but a statistical guard doubts its content. */
  SUSPECT,
  /** Discarded after a gap or a reconnect; a snapshot is awaited. */
  RESYNCING,
  /** In order, but its newest message is older than the limit. */
  STALE,
  /** No snapshot has been seen, or the venue offers nothing to check against. */
  UNVERIFIABLE
}
