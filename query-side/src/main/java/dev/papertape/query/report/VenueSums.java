package dev.papertape.query.report;

import dev.papertape.query.report.VenueReport.RealizedSpread;
import dev.papertape.query.report.VenueReport.Samples;
import dev.papertape.query.report.VenueReport.Slippage;
import dev.papertape.query.report.VenueReport.TimeToFill;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rows of one venue, or of all, add up to; immutable. */
record VenueSums(Map<VenueMeasure, BigDecimal> sums, Percentiles slippage, Percentiles timeToFill) {
  static final VenueSums NONE = new VenueSums(Map.of(), Percentiles.NONE, Percentiles.NONE);

  /** Both together. */
  VenueSums plus(VenueSums other) {
    Map<VenueMeasure, BigDecimal> both = new EnumMap<>(VenueMeasure.class);
    both.putAll(sums);
    other.sums.forEach((measure, value) -> both.merge(measure, value, BigDecimal::add));
    return new VenueSums(both, slippage.plus(other.slippage), timeToFill.plus(other.timeToFill));
  }

  BigDecimal sum(VenueMeasure measure) {
    return sums.getOrDefault(measure, BigDecimal.ZERO);
  }

  long count(VenueMeasure measure) {
    return sum(measure).longValueExact();
  }

  /** Without an exponent and trailing zeros. */
  BigDecimal money(VenueMeasure measure) {
    BigDecimal stripped = sum(measure).stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** Null when there is nothing to divide by. */
  @Nullable Double ratio(VenueMeasure dividend, VenueMeasure divisor) {
    BigDecimal by = sum(divisor);
    return by.signum() == 0
        ? null
        : (Double) sum(dividend).divide(by, MathContext.DECIMAL64).doubleValue();
  }

  Slippage slippageView() {
    return new Slippage(
        ratio(VenueMeasure.SLIPPAGE, VenueMeasure.PRICED_NOTIONAL),
        slippage.at(0.5),
        slippage.at(0.95),
        slippage.samples());
  }

  @Nullable Double effectiveSpreadBps() {
    Double slippageBps = ratio(VenueMeasure.SLIPPAGE, VenueMeasure.PRICED_NOTIONAL);
    return slippageBps == null ? null : (Double) (2 * slippageBps);
  }

  RealizedSpread realizedSpread() {
    return new RealizedSpread(
        ratio(VenueMeasure.REALIZED_1, VenueMeasure.MARKED_1_NOTIONAL),
        ratio(VenueMeasure.REALIZED_10, VenueMeasure.MARKED_10_NOTIONAL),
        ratio(VenueMeasure.REALIZED_60, VenueMeasure.MARKED_60_NOTIONAL),
        new Samples(
            count(VenueMeasure.MARKED_1),
            count(VenueMeasure.MARKED_10),
            count(VenueMeasure.MARKED_60)));
  }

  TimeToFill timeToFillView() {
    return new TimeToFill(timeToFill.at(0.5), timeToFill.at(0.95), timeToFill.samples());
  }

  @Nullable Double feesBps() {
    Double share = ratio(VenueMeasure.FEES, VenueMeasure.NOTIONAL);
    return share == null ? null : (Double) (share * 1e4);
  }
}
