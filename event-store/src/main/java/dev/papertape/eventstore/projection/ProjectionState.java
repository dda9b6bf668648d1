package dev.papertape.eventstore.projection;

/** What a projection is doing in this process. */
public enum ProjectionState {
  /** Follows the log here. */
  RUNNING,
  /** Runs in another process; this one takes over when that one's lease ends. */
  STANDBY,
  /** Runs here but cannot read, fold or write at all; tries again by itself. */
  DEGRADED,
  /** Runs here, below the head that the log had when the projection was created or reset. */
  REPLAYING
}
