package dev.papertape.contracts.quality;

/** Who called a quarantined record good. */
public enum ReleasedBy {
  OPERATOR,
  /** Another venue shows the same. */
  SECOND_VENUE,
  /** The bar that followed opened at its level. */
  NEXT_BAR,
  /** The guard that had held it, when it judged the bar anew in a later life of the engine. */
  GUARD
}
