package dev.papertape.contracts.chaos;

/** Why a fault was taken back. */
public enum RevertCause {
  DEADLINE,
  /** An operator stopped the experiment. */
  STOPPED,
  LEVER,
  /** The system suffered more than an experiment may cost. */
  STOP_CONDITION,
  /** The process or the engine's life that had applied it is over. */
  RESTART
}
