package dev.papertape.contracts.chaos;

/**
 * Where an experiment stands.
 *
 * <pre>
 *   PENDING ──applied──► RUNNING ──reverted──► REVERTING ──► FINISHED
 *      └────no steady state before, stopped, restarted──────────▲
 *   REFUSED
 * </pre>
 */
public enum ExperimentState {
  /** Its undo is in the log, its fault is not applied yet. */
  PENDING,
  RUNNING,
  /** The fault is off; the system finds its steady state again. */
  REVERTING,
  FINISHED,
  /** Never begun. */
  REFUSED
}
