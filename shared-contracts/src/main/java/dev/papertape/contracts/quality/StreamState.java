package dev.papertape.contracts.quality;

/** What a stream is worth right now. Only {@link #OK} and {@link #FLAGGED} are traded on. */
public enum StreamState {
  OK,
  /** Used, though guards found something odd in it lately. */
  FLAGGED,
  /** A statistical guard doubts its content. */
  SUSPECT,
  /** Its book was discarded and awaits a snapshot. */
  RESYNCING,
  /** Silent for too long, or cut off from its venue. */
  STALE,
  /** Nothing came yet, or nothing in it can be checked. */
  UNVERIFIABLE;

  /** Whether trading may rest on it. */
  public boolean mayTrade() {
    return this == OK || this == FLAGGED;
  }
}
