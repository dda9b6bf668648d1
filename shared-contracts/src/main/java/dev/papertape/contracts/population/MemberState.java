package dev.papertape.contracts.population;

/** What the newest generation made of a member. */
public enum MemberState {
  /** Goes on as it is. */
  TRAINING,
  /** Goes on, and scored best. */
  BEST,
  /** Was among the last, and goes on from another member's parameters and book. */
  REPLACED
}
