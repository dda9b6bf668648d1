package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Hampel's identifier on log returns: a price is a spike when |r − median| > 8 · 1.4826 · MAD over
 * the trailing 120 returns of the close, r being its log distance from the previous good close.
 * Bars that were ruled bad and bars without trades do not enter. Source: market-wire.md, "Spike";
 * Davies and Gather, "The Identification of Multiple Outliers" (1993).
 */
final class SpikeRule {
  private static final int WINDOW = 120;
  private static final double NORMAL_CONSISTENCY = 1.4826;
  private static final double MAD_FLOOR = 10e-4;

  /** With fewer returns their MAD says little, and only gross jumps (24 %) count. */
  private static final int SETTLED = 20;

  private static final double MAD_FLOOR_UNSETTLED = 200e-4;

  private final TrailingSample returns = new TrailingSample(WINDOW);
  private final double tick;
  private double previousClose = Double.NaN;
  private double closeBefore = Double.NaN;
  private boolean newestCounted;

  SpikeRule(@Nullable BigDecimal tick) {
    this.tick = tick == null ? 0 : tick.doubleValue();
  }

  /** Against the last good close. */
  @Nullable Spike check(Bar bar) {
    return check(bar, previousClose);
  }

  /** Against another bar's close, for a bar that does not follow the last one. */
  @Nullable Spike check(Bar bar, double reference) {
    if (Double.isNaN(reference)) {
      return null;
    }
    double median = returns.median();
    double unit = unit(median, reference);
    // Open and close lie between low and high, so their scores do.
    double worst =
        Math.max(
            score(bar.high(), reference, median, unit), score(bar.low(), reference, median, unit));
    return worst > Spike.LIMIT
        ? new Spike(bar, reference, unit, score(bar.close(), reference, median, unit), worst)
        : null;
  }

  private double unit(double median, double reference) {
    double floor = returns.size() < SETTLED ? MAD_FLOOR_UNSETTLED : MAD_FLOOR;
    double mad = Math.max(returns.medianDistanceFrom(median), Math.max(floor, tick / reference));
    return NORMAL_CONSISTENCY * mad;
  }

  private static double score(BigDecimal level, double reference, double median, double unit) {
    return Math.abs(StrictMath.log(level.doubleValue() / reference) - median) / unit;
  }

  /** The bar is good: its close is the next bar's reference. */
  void accept(Bar bar) {
    double close = bar.close().doubleValue();
    newestCounted = bar.volume().signum() > 0 && !Double.isNaN(previousClose);
    if (newestCounted) {
      returns.add(StrictMath.log(close / previousClose));
    }
    closeBefore = previousClose;
    previousClose = close;
  }

  /** The newest accepted bar turns out to be another one, or none. */
  void takeBack() {
    if (newestCounted) {
      returns.removeNewest();
      newestCounted = false;
    }
    previousClose = closeBefore;
  }

  /** The market is somewhere else now: what was usual is to be learnt again. */
  void restart() {
    returns.clear();
    newestCounted = false;
  }
}
