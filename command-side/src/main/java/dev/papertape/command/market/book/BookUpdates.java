package dev.papertape.command.market.book;

import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import org.jspecify.annotations.Nullable;

/** Brings messages into one book and looks whether the book is the venue's afterwards. */
final class BookUpdates {
  private final BookFace face;
  private final LevelWriter writer;

  BookUpdates(BookFace face, int levelsPerSide) {
    this.face = face;
    this.writer = new LevelWriter(face.levels(), face.symbolScale(), levelsPerSide);
  }

  /**
   * Applies a message that was judged.
   *
   * @return null, or why the book is not to be used
   */
  @Nullable Break apply(DepthDiff diff, Verdict judged) {
    Verdict confirmed = Verdict.IN_ORDER;
    Break broken = writer.write(diff.bids(), diff.asks());
    if (broken == null) {
      confirmed = confirm(diff.integrity(), diff.bids(), diff.asks());
      broken = crossedOr(Break.by(confirmed));
    }
    if (broken != null) {
      return broken;
    }
    face.applied(diff);
    face.counts().applied(judged.equals(Verdict.IN_ORDER) && confirmed.equals(Verdict.IN_ORDER));
    return diff.integrity() instanceof Integrity.UpdateIds ids
        ? Break.by(face.quotes().reached(ids.last(), face.levels()))
        : null;
  }

  /** Applies a message once more, on top of a newer snapshot; it was counted the first time. */
  @Nullable Break reapply(DepthDiff diff) {
    Break broken = writer.write(diff.bids(), diff.asks());
    if (broken == null) {
      face.applied(diff);
    }
    return crossedOr(broken);
  }

  /**
   * Puts a snapshot in the place of whatever the book held.
   *
   * @return null, or why the book is not to be used
   */
  @Nullable Break load(DepthSnapshot snapshot) {
    face.discard();
    Break broken = writer.write(snapshot.bids(), snapshot.asks());
    if (broken == null) {
      Verdict confirmed = confirm(snapshot.integrity(), PriceLevels.NONE, PriceLevels.NONE);
      broken = crossedOr(Break.by(confirmed));
    }
    if (broken == null) {
      face.loaded(snapshot);
    }
    return broken;
  }

  /** Whether the oldest message that the snapshot does not contain follows it without a gap. */
  static boolean bridges(DepthSnapshot snapshot, DiffBuffer waiting) {
    IntegrityRule.Position at = IntegrityRule.Position.ofSnapshot(snapshot.integrity());
    for (DepthDiff diff : waiting) {
      Verdict verdict = IntegrityRule.of(diff.integrity()).judge(at, diff);
      if (!verdict.equals(Verdict.STALE)) {
        return !verdict.requiresResync();
      }
    }
    return true;
  }

  private Verdict confirm(Integrity stated, PriceLevels bids, PriceLevels asks) {
    if (stated instanceof Integrity.Checksum checksum) {
      face.levels().truncate(checksum.depth());
    }
    Verdict verdict = IntegrityRule.of(stated).confirm(face.levels(), stated, bids, asks);
    if (stated instanceof Integrity.Checksum checksum && checksum.crc32() != null) {
      face.counts().checksum(!verdict.requiresResync());
    }
    return verdict;
  }

  private @Nullable Break crossedOr(@Nullable Break broken) {
    return broken == null && face.levels().crossed() ? Break.of(Break.Reason.CROSSED) : broken;
  }
}
