package dev.papertape.contracts.features;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one feature's online values compare with the backtest's.
 *
 * @param compared values that both have: {@code equal + withinTolerance + mismatched}
 * @param equal the same double
 * @param withinTolerance not the same, but near enough by the definition
 * @param missingOnline the backtest has a value that was never put
 * @param missingBacktest a value was put that the backtest cannot make from what was known then
 * @param smape mean of {@code 2 |o − b| / (|o| + |b|)}, 0 to 2; null when nothing was compared
 * @param maxAbsDiff null when nothing was compared
 * @param firstDivergence the earliest mismatched or missing one, null without any
 */
public record FeatureParity(
    String name,
    int version,
    long compared,
    long equal,
    long withinTolerance,
    long mismatched,
    long missingOnline,
    long missingBacktest,
    double tolerance,
    @Nullable Double smape,
    @Nullable Double maxAbsDiff,
    @Nullable Divergence firstDivergence) {

  /**
   * One place where online and backtest differ.
   *
   * @param venue null for a feature of all venues
   * @param position number of the engine's input after which the value was put; null where it was
   *     never put
   * @param online null where there is none
   * @param backtest null where there is none
   */
  public record Divergence(
      Symbol symbol,
      @Nullable Venue venue,
      Instant eventTime,
      @Nullable Long position,
      @Nullable Double online,
      @Nullable Double backtest) {}

  public long divergences() {
    return mismatched + missingOnline + missingBacktest;
  }

  public ParityVerdict verdict() {
    if (divergences() > 0) {
      return ParityVerdict.MISMATCH;
    }
    return compared > 0 ? ParityVerdict.MATCH : ParityVerdict.NO_DATA;
  }
}
