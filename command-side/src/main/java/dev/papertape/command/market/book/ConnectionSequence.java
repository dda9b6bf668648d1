package dev.papertape.command.market.book;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of one connection's frames, over all its channels, control frames included: each must
 * be one more than the one before.
 */
final class ConnectionSequence {
  private @Nullable Long newest;

  /** What the next frame's number says. After a gap it goes on from there. */
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
    if (number == 0) {
      newest = number;
      return new Verdict.Reset();
    }
    return Verdict.STALE;
  }
}
