package dev.papertape.command.market.book;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.quality.BookGuard;
import dev.papertape.command.quality.ClockGuard;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.QualityPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the statistical guards make of messages that are in order and in the book already. A copy of
 * one that does not pass is put aside, and the book is doubted until it is proved sound.
 */
final class BookDoubts {
  private final BookFace face;
  private final SnapshotSchedule schedule;
  private final HeldMessages held;
  private final BookGuard guard;
  private final ClockGuard clocks;
  private final Suspicion suspicion;

  /**
   * @param refetchable whether a snapshot can be asked for
   * @param kept messages that are kept while a book is doubted
   */
  BookDoubts(
      BookFace face,
      SnapshotSchedule schedule,
      HeldMessages held,
      QualityPolicy policy,
      boolean refetchable,
      int kept) {
    this.face = face;
    this.schedule = schedule;
    this.held = held;
    this.guard = new BookGuard(policy);
    this.clocks = new ClockGuard(policy);
    this.suspicion = new Suspicion(refetchable, policy.passesToTrust(), kept);
  }

  boolean isOn() {
    return suspicion.isOn();
  }

  /** Whether a fresh snapshot would end them. */
  boolean wantSnapshot() {
    return suspicion.wantsSnapshot();
  }

  /** Messages since they began. */
  DiffBuffer since() {
    return suspicion.since();
  }

  /**
   * A message was applied.
   *
   * @param shape what is odd about it whatever the book holds, null for nothing
   */
  void judge(DepthDiff diff, @Nullable Finding shape, Listener listener) {
    Finding odd = clocks.judge(diff.exchangeTime(), diff.receivedAt());
    Finding doubt = guard.judge(face.levels(), diff.receivedAt());
    if (doubt != null) {
      begin(diff);
      held.doubted(doubt, diff, listener);
      return;
    }
    face.tally().accepted();
    odd = shape == null ? odd : shape;
    if (odd != null) {
      face.tally().flagged(odd.reason(), diff.receivedAt());
    }
    if (suspicion.isOn() && suspicion.passed(diff)) {
      trustAgain();
    }
  }

  private void begin(DepthDiff diff) {
    if (suspicion.raised(diff)) {
      face.suspect(true);
      if (suspicion.wantsSnapshot()) {
        schedule.restart(Instant.MIN);
      }
    }
  }

  /** Whether the book passes as a fresh snapshot made it; then nothing is left of the doubt. */
  boolean endedBySnapshot(Instant receivedAt) {
    guard.forgetTop();
    if (guard.judge(face.levels(), receivedAt) != null) {
      return false;
    }
    trustAgain();
    return true;
  }

  private void trustAgain() {
    suspicion.ends();
    face.suspect(false);
    schedule.settled();
  }

  /** The book was discarded. */
  void forget() {
    suspicion.ends();
    guard.forgetTop();
  }
}
