package dev.papertape.command.market.book;

import dev.papertape.command.market.VenueInput.DepthDiff;

/**
 * Binance's rules of which depth message may follow what (reference market-wire.md, "Binance
 * spot"). Pure: position and message in, verdict out.
 */
enum SequenceRule {
  /** Update ids count by one: each message covers {@code [U, u]}. */
  SPOT {
    @Override
    Verdict judge(Position at, DepthDiff diff) {
      if (diff.lastUpdateId() < at.updateId()) {
        return Verdict.STALE;
      }
      if (diff.lastUpdateId() == at.updateId()) {
        return at.bridged() ? Verdict.DUPLICATE : Verdict.STALE;
      }
      // Not "lastUpdateId within [U, u]" as Binance's page has it: that rejects U == id + 1.
      if (diff.firstUpdateId() > at.updateId() + 1) {
        return new Verdict.Gap(diff.firstUpdateId() - at.updateId() - 1);
      }
      return Verdict.IN_ORDER;
    }
  },

  /** Update ids are shared by all symbols: each message names its predecessor, {@code pu}. */
  FUTURES {
    @Override
    Verdict judge(Position at, DepthDiff diff) {
      if (diff.lastUpdateId() < at.updateId()) {
        return Verdict.STALE;
      }
      if (!at.bridged()) {
        // u == lastUpdateId is kept: the next message's pu points at it.
        return diff.firstUpdateId() <= at.updateId() ? Verdict.IN_ORDER : new Verdict.Gap(null);
      }
      if (diff.lastUpdateId() == at.updateId()) {
        return Verdict.DUPLICATE;
      }
      if (diff.previousUpdateId() == at.updateId()) {
        return Verdict.IN_ORDER;
      }
      return diff.previousUpdateId() > at.updateId() ? new Verdict.Gap(null) : Verdict.OUT_OF_ORDER;
    }
  };

  /**
   * What a book holds.
   *
   * @param updateId the snapshot's {@code lastUpdateId}, or {@code u} of the newest message applied
   * @param bridged whether a message was applied since the snapshot
   */
  record Position(long updateId, boolean bridged) {
    static Position ofSnapshot(long lastUpdateId) {
      return new Position(lastUpdateId, false);
    }

    static Position after(DepthDiff diff) {
      return new Position(diff.lastUpdateId(), true);
    }
  }

  abstract Verdict judge(Position at, DepthDiff diff);

  /** The rule that a message speaks by. */
  static SequenceRule of(DepthDiff diff) {
    return diff.previousUpdateId() == DepthDiff.NO_PREVIOUS ? SPOT : FUTURES;
  }
}
