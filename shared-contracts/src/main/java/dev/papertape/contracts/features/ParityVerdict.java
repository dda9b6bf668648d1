package dev.papertape.contracts.features;

import java.util.Collection;

/** What a parity run found. */
public enum ParityVerdict {
  /** Something was compared, and all of it was near enough. */
  MATCH,
  /** Something differs or is missing. */
  MISMATCH,
  /** Nothing could be compared. */
  NO_DATA;

  /** One feature that differs is enough; one that has nothing to compare is not. */
  public static ParityVerdict of(Collection<FeatureParity> features) {
    ParityVerdict verdict = NO_DATA;
    for (FeatureParity feature : features) {
      switch (feature.verdict()) {
        case MISMATCH -> {
          return MISMATCH;
        }
        case MATCH -> verdict = MATCH;
        case NO_DATA -> {}
      }
    }
    return verdict;
  }
}
