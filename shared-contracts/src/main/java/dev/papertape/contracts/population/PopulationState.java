package dev.papertape.contracts.population;

/** Whether a population's members trade in the shadow and its generations go on. */
public enum PopulationState {
  RUNNING,
  STOPPED
}
