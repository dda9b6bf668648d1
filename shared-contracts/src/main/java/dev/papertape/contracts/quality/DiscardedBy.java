package dev.papertape.contracts.quality;

/** Who called a quarantined record bad for good. */
public enum DiscardedBy {
  OPERATOR,
  /** The guard that had held it back until it knew more. */
  GUARD
}
