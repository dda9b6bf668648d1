package dev.papertape.command.market.book;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of one connection's frames, over all its channels, control frames included: each must
 * be one more than the one before.
 */
final class ConnectionSequence {
  private @Nullable Long newest;

  /** What the next frame's number says. Whatever it says, the sequence goes on from there. */
  Verdict next(long number) {
    Long before = newest;
    if (before == null || number == before + 1) {
      newest = number;
      return Verdict.IN_ORDER;
    }
    if (number == before) {
      return Verdict.DUPLICATE;
    }
    if (number > before) {
      newest = number;
      return new Verdict.Gap(number - before - 1);
    }
    // A WebSocket delivers in order, so a number that falls back is the venue's: it counts anew, or
    // one number was wrong. Either way what came before is no base for what comes.
    newest = number;
    return number == 0 ? new Verdict.Reset() : Verdict.OUT_OF_ORDER;
  }
}
