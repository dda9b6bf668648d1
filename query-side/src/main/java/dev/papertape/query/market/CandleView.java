package dev.papertape.query.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One candle.
 *
 * @param openTime start of its interval
 * @param vwap volume-weighted mean price; null where the venue does not tell, or nobody traded
 * @param trades null where the venue does not tell
 * @param state {@code ACCEPTED}; {@code FLAGGED}: odd, but used; {@code QUARANTINED}: not used. Of
 *     a derived one FLAGGED when one of its minutes is
 * @param reasons of a derived one those of all its flagged minutes
 * @param complete whether nothing of its interval is missing or to come: its minutes were told, or
 *     are known to have had no trade, and none is in quarantine
 * @param source {@code STREAM}, {@code REST} or {@code TRADES}; null of a derived one
 * @param revision how often it changed since it came; null of a derived one
 * @param receivedAt when this revision came; null of a derived one
 */
record CandleView(
    Instant openTime,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    @Nullable BigDecimal vwap,
    @Nullable Long trades,
    String state,
    List<String> reasons,
    MinuteCounts minutes,
    boolean complete,
    @Nullable String source,
    @Nullable Integer revision,
    @Nullable Instant receivedAt) {

  /**
   * What became of the interval's minutes; all add up to its length.
   *
   * @param present whose candle it is made of
   * @param quiet that nobody traded in
   * @param quarantined whose candle is left out
   * @param missing of which nothing is known, yet or for good
   */
  record MinuteCounts(int present, int quiet, int quarantined, int missing) {}
}
