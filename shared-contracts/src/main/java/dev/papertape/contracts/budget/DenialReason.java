package dev.papertape.contracts.budget;

/** Why a call may not be made now, or a provider is not chosen. */
public enum DenialReason {
  /** No such provider is registered. */
  UNKNOWN_PROVIDER,
  /** It cannot be asked for that. */
  NO_CAPABILITY,
  /** It said 429; until its Retry-After is over. */
  COOLING_DOWN,
  /** It said 418; until its Retry-After is over. */
  BANNED,
  /** It failed too often in a row. */
  BREAKER_OPEN,
  /** A quota of calls, weight or orders has no room. */
  QUOTA_EXHAUSTED,
  /** There would be room, but what is left is for critical callers. */
  KEPT_FOR_CRITICAL,
  /** A budget of money has no room. */
  BUDGET_EXHAUSTED,
  /** The price is not known, and neither is a ceiling. */
  UNKNOWN_COST,
  /** More than the whole of a quota in one call. */
  NEVER_FITS,
  /** Too many calls are under way at once. */
  TOO_MANY_IN_FLIGHT,
  /** The ledger cannot be written to, so nothing may be spent. */
  LEDGER_UNAVAILABLE,
  /** It failed when it was asked. */
  CALL_FAILED,
  /** Another one costs less. */
  COSTS_MORE,
  /** Another one costs as much and is expected to answer sooner. */
  SLOWER,
  /** Another one is as good, and its name comes first. */
  LATER_NAME;

  /** Whether a call can be refused for it; else it only says why somebody else was chosen. */
  public boolean deniesCalls() {
    return switch (this) {
      case CALL_FAILED, COSTS_MORE, SLOWER, LATER_NAME -> false;
      case UNKNOWN_PROVIDER,
          NO_CAPABILITY,
          COOLING_DOWN,
          BANNED,
          BREAKER_OPEN,
          QUOTA_EXHAUSTED,
          KEPT_FOR_CRITICAL,
          BUDGET_EXHAUSTED,
          UNKNOWN_COST,
          NEVER_FITS,
          TOO_MANY_IN_FLIGHT,
          LEDGER_UNAVAILABLE ->
          true;
    };
  }
}
