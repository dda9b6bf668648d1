package dev.papertape.contracts.alpha;

/** How far an alpha has come, and so how much of the account it moves. */
public enum AlphaStage {
  /** Its signals are recorded; nothing is traded on them. */
  INCUBATING,
  /** As {@link #INCUBATING}, with a shadow book that pays modelled costs. */
  SHADOW,
  /** Trades with a part of its weight. */
  CANARY,
  /** Trades with all of it. */
  ACTIVE,
  /** Over for good. */
  RETIRED;

  /** Share of its own weight that an alpha of this stage trades with, in [0, 1]. */
  public double share() {
    return switch (this) {
      case INCUBATING, SHADOW, RETIRED -> 0;
      case CANARY -> 0.25;
      case ACTIVE -> 1;
    };
  }
}
