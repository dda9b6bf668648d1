package dev.papertape.command.market.book;

import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.VenueInput.DepthDiff;

/**
 * Binance's rules of which depth message may follow what (reference market-wire.md, "Binance
 * spot"). Pure: position and message in, verdict out.
 */
enum SequenceRule implements IntegrityRule {
  /** Update ids count by one: each message covers {@code [U, u]}. */
  SPOT {
    @Override
    Verdict judge(Position at, UpdateIds ids) {
      if (ids.last() < at.updateId()) {
        return Verdict.STALE;
      }
      if (ids.last() == at.updateId()) {
        return at.bridged() ? Verdict.DUPLICATE : Verdict.STALE;
      }
      // Not "lastUpdateId within [U, u]" as Binance's page has it: that rejects U == id + 1.
      if (ids.first() > at.updateId() + 1) {
        return new Verdict.Gap(ids.first() - at.updateId() - 1);
      }
      return Verdict.IN_ORDER;
    }
  },

  /** Update ids are shared by all symbols: each message names its predecessor, {@code pu}. */
  FUTURES {
    @Override
    Verdict judge(Position at, UpdateIds ids) {
      if (ids.last() < at.updateId()) {
        return Verdict.STALE;
      }
      if (!at.bridged()) {
        // u == lastUpdateId is kept: the next message's pu points at it.
        return ids.first() <= at.updateId() ? Verdict.IN_ORDER : new Verdict.Gap(null);
      }
      if (ids.last() == at.updateId()) {
        return Verdict.DUPLICATE;
      }
      if (ids.previous() == at.updateId()) {
        return Verdict.IN_ORDER;
      }
      return ids.previous() > at.updateId() ? new Verdict.Gap(null) : Verdict.OUT_OF_ORDER;
    }
  };

  /** Both rules on update ids; {@code at} is numbered. */
  abstract Verdict judge(Position at, UpdateIds ids);

  @Override
  public Verdict judge(Position at, DepthDiff diff) {
    // A venue that mixes numbered messages with others proves nothing by its numbers.
    return diff.integrity() instanceof UpdateIds ids && !at.equals(Position.UNNUMBERED)
        ? judge(at, ids)
        : Verdict.OUT_OF_ORDER;
  }

  /** Snapshots come over REST, beside the stream. */
  @Override
  public boolean snapshotInStream() {
    return false;
  }
}
