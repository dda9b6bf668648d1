package dev.papertape.contracts.deploy;

/** What the counts of one SLO say. */
public enum SloVerdict {
  /** Nothing was sampled: neither good nor bad. */
  NO_DATA,
  /** Not enough evidence yet. */
  SAMPLING,
  /** Significantly better than margin · bound. */
  PASS,
  /** Significantly worse than the bound, and significantly worse than the control arm. */
  FAIL,
  /** Neither, and no more samples will be asked for: it is held, never promoted by evidence. */
  INCONCLUSIVE,
  /** Significantly worse than the bound, but not (yet) than the control arm: it is held. */
  BASELINE_ALSO_BAD
}
