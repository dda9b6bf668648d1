package dev.papertape.contracts.chaos;

/** What an experiment says about the system; apart from its state. */
public enum ExperimentVerdict {
  /** The fault struck, and the steady state held as it should before, during and after. */
  WITHSTOOD,
  /** The fault struck, and the steady state was lost where it must hold, or did not come back. */
  DEVIATED,
  /** The fault did not strike, its window was not observed, or there was no steady state before. */
  INCONCLUSIVE
}
