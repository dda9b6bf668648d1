package dev.papertape.contracts.chaos;

/** When, as seen from the fault, a steady state was looked at. */
public enum SteadyPhase {
  BEFORE,
  DURING,
  AFTER
}
