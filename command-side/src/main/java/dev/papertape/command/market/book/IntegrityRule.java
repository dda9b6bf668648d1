package dev.papertape.command.market.book;

import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput.DepthDiff;

/**
 * How a venue lets a book prove that nothing is missing. Pure: state and message in, verdict out.
 */
sealed interface IntegrityRule permits SequenceRule, ChecksumRule, ConnectionRule, UncheckedRule {

  /**
   * What a book holds.
   *
   * @param updateId the snapshot's {@code lastUpdateId}, or {@code u} of the newest message applied
   * @param bridged whether a message was applied since the snapshot
   */
  record Position(long updateId, boolean bridged) {
    /** Of a venue without update ids. */
    static final Position UNNUMBERED = new Position(-1, true);

    static Position ofSnapshot(Integrity integrity) {
      return integrity instanceof Integrity.UpdateIds ids
          ? new Position(ids.last(), false)
          : UNNUMBERED;
    }

    static Position after(DepthDiff diff) {
      return diff.integrity() instanceof Integrity.UpdateIds ids
          ? new Position(ids.last(), true)
          : UNNUMBERED;
    }
  }

  /** Whether the message may follow what the book holds; judged before it is applied. */
  Verdict judge(Position at, DepthDiff diff);

  /**
   * Whether the book, with these changes applied, is the venue's; {@code Unverifiable} where that
   * cannot be told of all of them.
   */
  default Verdict confirm(LevelBook book, Integrity stated, PriceLevels bids, PriceLevels asks) {
    return Verdict.IN_ORDER;
  }

  /**
   * Whether snapshots come in the stream itself, in order with the changes, so that nothing needs
   * to be kept for bridging.
   */
  default boolean snapshotInStream() {
    return true;
  }

  /** The rule that a message speaks by. */
  static IntegrityRule of(Integrity integrity) {
    return switch (integrity) {
      case Integrity.UpdateIds ids ->
          ids.previous() == Integrity.UpdateIds.NO_PREVIOUS
              ? SequenceRule.SPOT
              : SequenceRule.FUTURES;
      case Integrity.Checksum _ -> ChecksumRule.TOP_TEN;
      case Integrity.InConnection _ -> ConnectionRule.ALL_CHANNELS;
      case Integrity.Nothing _ -> UncheckedRule.NO_PROOF;
    };
  }
}
