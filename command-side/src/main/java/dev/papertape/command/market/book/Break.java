package dev.papertape.command.market.book;

import dev.papertape.command.quality.Finding;
import dev.papertape.contracts.quality.QualityReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a book cannot be used until it is synced anew.
 *
 * @param gapSize number of missing updates, null where unknown or not the reason
 * @param found what the guards call it
 */
record Break(Reason reason, @Nullable Long gapSize, QualityReason found) {

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
    return new Break(reason, null, found(reason));
  }

  /** The levels of a message are not what they must be. */
  static Break by(Finding finding) {
    return new Break(Reason.MALFORMED, null, finding.reason());
  }

  private static QualityReason found(Reason reason) {
    return switch (reason) {
      case INITIAL -> QualityReason.AWAITING_SNAPSHOT;
      case GAP -> QualityReason.SEQUENCE_GAP;
      case DISCONNECTED -> QualityReason.DISCONNECTED;
      case STALE -> QualityReason.STALE;
      case CROSSED -> QualityReason.CROSSED;
      case OUT_OF_ORDER -> QualityReason.OUT_OF_ORDER;
      case MALFORMED -> QualityReason.SCHEMA;
      case RESET -> QualityReason.RESET;
      case DIVERGENCE -> QualityReason.CHECKSUM_DIVERGENCE;
    };
  }

  /** The break that a verdict means, null if the verdict leaves the book whole. */
  static @Nullable Break by(Verdict verdict) {
    return switch (verdict) {
      case Verdict.InOrder _, Verdict.Duplicate _, Verdict.Stale _, Verdict.Unverifiable _ -> null;
      case Verdict.Gap gap -> new Break(Reason.GAP, gap.size(), QualityReason.SEQUENCE_GAP);
      case Verdict.Divergence _ -> of(Reason.DIVERGENCE);
      case Verdict.Reset _ -> of(Reason.RESET);
      case Verdict.OutOfOrder _ -> of(Reason.OUT_OF_ORDER);
    };
  }
}
