package dev.papertape.command.market;

import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import java.util.List;

/**
 * A closed candle and what was made of it.
 *
 * @param origin where it came from; of one that had been held, where the one came from that settled
 *     its case
 * @param reasons empty when it passed, else the gravest first
 * @param detail the figures that led to the outcome, for people
 * @param receivedAt receive time of what brought the outcome about
 */
public record JudgedCandle(
    Candle candle,
    CandleOrigin origin,
    Outcome outcome,
    List<QualityReason> reasons,
    String detail,
    Instant receivedAt) {

  /** Whether it may be computed with: now, or from now on. */
  public boolean isUsable() {
    return switch (outcome) {
      case PASSED, FLAGGED, RELEASED -> true;
      case REJECTED, QUARANTINED, CONDEMNED -> false;
    };
  }
}
