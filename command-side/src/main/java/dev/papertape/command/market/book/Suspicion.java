package dev.papertape.command.market.book;

import dev.papertape.command.market.VenueInput.DepthDiff;

/**
 * The time in which a statistical guard doubts a book that is in order. A live one is trusted again
 * when a fresh snapshot passes; a recorded one, which cannot ask for any, when enough messages in a
 * row do. Messages since the doubt began are kept, since the snapshot may be older than the newest.
 */
final class Suspicion {
  private final boolean refetchable;
  private final int passesToTrust;
  private final DiffBuffer since;
  private boolean on;
  private int passes;

  /**
   * @param refetchable whether a snapshot can be asked for
   */
  Suspicion(boolean refetchable, int passesToTrust, int capacity) {
    this.refetchable = refetchable;
    this.passesToTrust = passesToTrust;
    this.since = new DiffBuffer(capacity);
  }

  boolean isOn() {
    return on;
  }

  /** Whether a fresh snapshot would end it. */
  boolean wantsSnapshot() {
    return on && refetchable;
  }

  /** A message did not pass; true if the book was trusted until now. */
  boolean raised(DepthDiff diff) {
    boolean first = !on;
    on = true;
    passes = 0;
    keep(diff);
    return first;
  }

  /** A message passed; true if the book is trusted again with it. */
  boolean passed(DepthDiff diff) {
    keep(diff);
    passes++;
    return !refetchable && passes >= passesToTrust;
  }

  DiffBuffer since() {
    return since;
  }

  void ends() {
    on = false;
    passes = 0;
    since.clear();
  }

  private void keep(DepthDiff diff) {
    if (refetchable) {
      since.add(diff);
    }
  }
}
