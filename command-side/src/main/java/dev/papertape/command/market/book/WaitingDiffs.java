package dev.papertape.command.market.book;

import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.contracts.quality.QualityReason;
import java.util.ArrayList;
import java.util.List;

/** Changes of a book that wait for its snapshot; each is counted once its fate is known. */
final class WaitingDiffs {
  private final BookFace face;
  private final DiffBuffer buffer;

  WaitingDiffs(BookFace face, int capacity) {
    this.face = face;
    this.buffer = new DiffBuffer(capacity);
  }

  /** Whether the message waits now; one that came before does not. */
  boolean keep(DepthDiff diff) {
    Verdict verdict = buffer.judge(diff);
    if (verdict.requiresResync()) {
      face.tally().gap();
      face.tally().found(QualityReason.SEQUENCE_GAP);
      face.counts().broke();
      discard();
    }
    if (verdict instanceof Verdict.Duplicate || verdict instanceof Verdict.Stale) {
      face.counts().dropped(verdict);
      return false;
    }
    face.tally().rejected(QualityReason.AWAITING_SNAPSHOT, buffer.add(diff));
    return true;
  }

  DiffBuffer chain() {
    return buffer;
  }

  /** All of them, oldest first; none waits any more. */
  List<DepthDiff> takeAll() {
    List<DepthDiff> all = new ArrayList<>();
    buffer.forEach(all::add);
    buffer.clear();
    return all;
  }

  void discard() {
    face.tally().rejected(QualityReason.AWAITING_SNAPSHOT, buffer.clear());
    face.tally().waiting(0);
  }

  /**
   * Says how many have no fate yet.
   *
   * @param taken of those that were taken out
   */
  void count(int taken) {
    face.tally().waiting(taken + buffer.size());
  }
}
