package dev.papertape.contracts.guards;

/** Whether the engine may trade. */
public enum TradingState {
  ACTIVE,
  /** Only orders that bring a position closer to zero pass. */
  REDUCING,
  HALTED
}
