package dev.papertape.command.quality;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import java.util.List;

/**
 * Judges the bars of one stream in the order in which they come. Deterministic: the same bars and
 * receive times give the same judgements.
 */
public interface CandleJudge {

  /**
   * Takes the next bar.
   *
   * @return what is decided now, in order: one entry of this bar, and before it one of each earlier
   *     bar that had been held and whose case this bar settles
   */
  List<Judgement> judge(Bar bar, Instant receivedAt);

  /**
   * Takes the bar that is held, if one is, as good: it is known from elsewhere that it was used.
   */
  default void settleHeld() {}

  /**
   * @param reasons empty on {@link Outcome#PASSED}, else what was found, the gravest first
   * @param detail the figures that led to it, for people; empty on {@link Outcome#PASSED}
   */
  record Judgement(Bar bar, Outcome outcome, List<QualityReason> reasons, String detail) {}

  /** What becomes of a bar. */
  enum Outcome {
    PASSED,
    /** Odd, but used. */
    FLAGGED,
    /** Counted and not used: it is there already. */
    REJECTED,
    /** Held back; final unless {@link #RELEASED} or {@link #CONDEMNED} follows. */
    QUARANTINED,
    /** Had been quarantined, turned out good, and is used from now on. */
    RELEASED,
    /** Had been quarantined, turned out bad for good. */
    CONDEMNED
  }
}
