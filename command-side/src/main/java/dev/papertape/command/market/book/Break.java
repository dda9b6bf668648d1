package dev.papertape.command.market.book;

import org.jspecify.annotations.Nullable;

/**
 * Why a book cannot be used until it is synced anew.
 *
 * @param gapSize number of missing updates, null where unknown or not the reason
 */
record Break(Reason reason, @Nullable Long gapSize) {

  /** The reasons of {@code BookResynced}. */
  enum Reason {
    INITIAL,
    GAP,
    DISCONNECTED,
    STALE,
    CROSSED,
    OUT_OF_ORDER,
    MALFORMED,
    RESET,
    DIVERGENCE
  }

  static Break of(Reason reason) {
    return new Break(reason, null);
  }

  /** The break that a verdict means, null if the verdict leaves the book whole. */
  static @Nullable Break by(Verdict verdict) {
    return switch (verdict) {
      case Verdict.InOrder _, Verdict.Duplicate _, Verdict.Stale _, Verdict.Unverifiable _ -> null;
      case Verdict.Gap gap -> new Break(Reason.GAP, gap.size());
      case Verdict.Divergence _ -> of(Reason.DIVERGENCE);
      case Verdict.Reset _ -> of(Reason.RESET);
      case Verdict.OutOfOrder _ -> of(Reason.OUT_OF_ORDER);
    };
  }
}
