package dev.papertape.contracts.guards;

/** Whether the engine may trade; each state lets less pass than the one before. */
public enum TradingState {
  ACTIVE,
  /** Only orders that bring a position closer to zero pass. */
  REDUCING,
  HALTED;

  /** The one that lets less pass. */
  public TradingState stricter(TradingState other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
