package dev.papertape.command.execution;

/** Why a leg, or what is left of it, will not fill. The names are the reasons of the events. */
public enum Shortfall {
  BOOK_NOT_SYNCED,
  BOOK_STALE,
  /** Nothing is displayed at the limit or better, or earlier paper orders took it. */
  NO_LIQUIDITY_WITHIN_LIMIT,
  /** More is displayed within the limit than the participation cap lets one order take. */
  PARTICIPATION_CAP,
  /** What was displayed within the limit filled, the rest of an immediate order ends. */
  IOC_REMAINDER,
  /** Every leg of a resting order is over, and this much of it never filled. */
  UNFILLED_REMAINDER,
  /** The engine restarted while the leg was on its way or resting. */
  ENGINE_RESTARTED
}
