package dev.papertape.contracts.budget;

/** When a window begins. */
public enum Alignment {
  /**
   * At whole multiples of its period since the epoch: a minute's window ends with the minute. All
   * of it is free again at once.
   */
  CALENDAR,
  /** Now, less its period: each call leaves it a period after it was counted. */
  ROLLING
}
