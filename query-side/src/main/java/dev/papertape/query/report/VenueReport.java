package dev.papertape.query.report;

import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/report/venue}. Definitions in decision 0023.
 *
 * @param currency of all money
 * @param total of all venues: counts and money are the sums of theirs
 * @param venues every venue ever registered, by name
 * @param method how the figures are made, one sentence each
 */
record VenueReport(
    WindowView window, String currency, Total total, List<Line> venues, Method method) {

  /**
   * @param notional Σ quantity · price
   */
  record Total(long legs, long fills, BigDecimal notional, BigDecimal fees, Slippage slippage) {}

  /**
   * One venue.
   *
   * @param orders with a leg here, by the time of their decision
   * @param fillRate of the immediate legs that ended: value filled / value sent at the decision's
   *     mid; null without one
   * @param legsEnded samples of it
   * @param winRate share of the compared legs that cost no more than the best alternative
   * @param comparisons samples of it
   * @param effectiveSpreadBps twice the slippage; its samples
   * @param priceImprovementBps against the best quote of any eligible venue at the decision
   * @param quotedFills samples of it
   * @param rejects immediate legs that ended without any fill
   * @param feesBps fees / notional
   * @param score newest, null before the first
   */
  record Line(
      Venue venue,
      long orders,
      long legs,
      long fills,
      BigDecimal notional,
      BigDecimal fees,
      @Nullable Double fillRate,
      long legsEnded,
      @Nullable Double winRate,
      long comparisons,
      Slippage slippage,
      @Nullable Double effectiveSpreadBps,
      RealizedSpread realizedSpreadBps,
      @Nullable Double priceImprovementBps,
      long quotedFills,
      TimeToFill timeToFillMs,
      Down downtime,
      long resyncs,
      long rejects,
      @Nullable Double feesBps,
      @Nullable Double score) {}

  /**
   * Positive is worse than the mid at the decision; the mean by notional, percentiles by fill.
   *
   * @param samples fills with a mid at their decision
   */
  record Slippage(
      @Nullable Double meanBps, @Nullable Double p50Bps, @Nullable Double p95Bps, long samples) {}

  /** 1, 10 and 60 s of feed time after the fill. */
  record RealizedSpread(
      @Nullable Double s1, @Nullable Double s10, @Nullable Double s60, Samples samples) {}

  /** Fills that were marked at each horizon. */
  record Samples(long s1, long s10, long s60) {}

  /** From decision to fill, by fill. */
  record TimeToFill(@Nullable Double p50, @Nullable Double p95, long samples) {}

  /**
   * @param ms in the window
   * @param ratio of {@code observedMs}, null when that is 0
   * @param episodes that reach into the window
   * @param observedMs of the window since the venue is known, less what no engine observed
   */
  record Down(long ms, @Nullable Double ratio, long episodes, long observedMs) {
    static final Down NONE = new Down(0, null, 0, 0);
  }

  /** How figures are made. */
  record Method(String mean, String percentiles, String fillRate, String winRate, String downtime) {
    static final Method STANDARD =
        new Method(
            "weighted by notional (quantity · price); every mid is the common mid",
            "exact and linearly interpolated to 1000 samples, a DDSketch within 1 % beyond",
            "value filled / value sent at the decision's mid, over legs of immediate orders",
            "all-in price at or better than the best eligible alternative's for the same quantity,"
                + " its book taken after its own latency",
            "union of the intervals in which any listed book was not SYNCED");
  }
}
