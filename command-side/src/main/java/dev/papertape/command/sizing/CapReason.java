package dev.papertape.command.sizing;

/** Which cap is the least, if any is below what the volatility target would hold. */
public enum CapReason {
  /** The volatility target is below all caps. */
  NONE,
  /** The book's own record does not carry more. */
  KELLY,
  /** The most that is held of one symbol. */
  MAX_NOTIONAL,
  /** Share of what the eligible books display. */
  PARTICIPATION,
  /** What the exposure limit leaves beside the other symbols. */
  FREE_BALANCE,
  /** There is nothing to measure by, so nothing is held. */
  NO_VOLATILITY
}
