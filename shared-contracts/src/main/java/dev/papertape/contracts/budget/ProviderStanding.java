package dev.papertape.contracts.budget;

/** How it stands with a provider; the first that holds of BANNED to UNKNOWN, EXHAUSTED and on. */
public enum ProviderStanding {
  /** Room in every window. */
  OK,
  /** More than the soft limit of a window is used. */
  SOFT_LIMIT,
  /** A window is full. */
  EXHAUSTED,
  /** It said 429. */
  COOLING_DOWN,
  /** It said 418. */
  BANNED,
  /** It failed too often in a row: nobody knows whether it answers. */
  UNKNOWN
}
