package dev.papertape.command.market.book;

import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.Outcome;
import dev.papertape.contracts.quality.QualityReason;
import org.jspecify.annotations.Nullable;

/** How a snapshot gets into a book, and what came after it on top; counts what becomes of it. */
final class SnapshotLoad {
  private final BookFace face;
  private final BookUpdates updates;

  SnapshotLoad(BookFace face, BookUpdates updates) {
    this.face = face;
    this.updates = updates;
  }

  /**
   * Whether the snapshot is in the book now; if not, the book is not to be used.
   *
   * @param following changes that wait for it
   */
  boolean load(DepthSnapshot snapshot, boolean inStream, DiffBuffer following) {
    Finding shape = face.shape(snapshot.integrity(), snapshot.bids(), snapshot.asks());
    QualityReason unfit = unfit(snapshot, shape, inStream, following);
    if (unfit != null) {
      face.tally().rejected(unfit);
      return false;
    }
    face.tally().accepted();
    if (!(snapshot.integrity() instanceof Integrity.Nothing)) {
      face.tally().verified();
    }
    if (shape != null) {
      face.tally().flagged(shape.reason(), snapshot.receivedAt());
    }
    return true;
  }

  private @Nullable QualityReason unfit(
      DepthSnapshot snapshot, @Nullable Finding shape, boolean inStream, DiffBuffer following) {
    if (shape != null && shape.outcome() == Outcome.RESYNC) {
      return shape.reason();
    }
    if (!inStream && !BookUpdates.bridges(snapshot, following)) {
      return QualityReason.SNAPSHOT_UNFIT;
    }
    Break broken = updates.load(snapshot);
    return broken == null ? null : broken.found();
  }

  /** Applies what the snapshot does not contain of these; null, or why the book is broken now. */
  @Nullable Break reapply(DiffBuffer since) {
    for (DepthDiff diff : since) {
      Verdict verdict = IntegrityRule.of(diff.integrity()).judge(face.position(), diff);
      boolean contained =
          verdict instanceof Verdict.Stale
              || verdict instanceof Verdict.Duplicate
              || IntegrityRule.of(diff.integrity()).snapshotInStream();
      Break broken = contained ? null : Break.by(verdict);
      if (!contained && broken == null) {
        broken = updates.reapply(diff);
      }
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }
}
