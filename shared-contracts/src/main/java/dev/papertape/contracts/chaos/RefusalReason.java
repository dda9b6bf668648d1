package dev.papertape.contracts.chaos;

/** Why an experiment was refused in a way that the audit must know. */
public enum RefusalReason {
  /** Faults are injected in dev only. */
  NOT_DEV
}
