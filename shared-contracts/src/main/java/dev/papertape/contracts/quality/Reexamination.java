package dev.papertape.contracts.quality;

import org.jspecify.annotations.Nullable;

/**
 * What a guard said when it was asked again about the recorded record.
 *
 * @param verdict whether it passes now
 * @param reason what was found again, null when it passes or could not be asked
 * @param detail one sentence
 */
public record Reexamination(Verdict verdict, @Nullable QualityReason reason, String detail) {

  /** The guard's answer. */
  public enum Verdict {
    PASS,
    STILL_BAD,
    /** The record was too long to be kept whole, or its guard needs more than the record. */
    NOT_POSSIBLE
  }
}
