package dev.papertape.command.quality.ohlcv;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a judge must know of a stream.
 *
 * @param interval length of a bar, at least one millisecond
 * @param gridOffset where the first bar of the epoch begins; zero but for weeks, which begin on a
 *     Monday, and for days of another time zone
 * @param tick the price step; null where it is not known
 * @param clockTolerance how far the venue's clock may be ahead of ours before a bar that came
 *     before its end counts as not final
 * @param staleAfter a bar that comes later than this after its end is flagged; null for bars that
 *     are history
 */
public record CandlePolicy(
    Duration interval,
    Duration gridOffset,
    GapPolicy gaps,
    @Nullable BigDecimal tick,
    Duration clockTolerance,
    @Nullable Duration staleAfter) {

  /** The hftbacktest captures were recorded 1.27 s behind the exchange's clock. */
  public static final Duration USUAL_CLOCK_TOLERANCE = Duration.ofSeconds(5);

  public CandlePolicy {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval is at least 1 ms, not " + interval);
    }
    if (tick != null && tick.signum() <= 0) {
      throw new IllegalArgumentException("tick is above 0, not " + tick);
    }
  }

  /** Bars that come as they close. */
  public static CandlePolicy live(
      Duration interval, GapPolicy gaps, BigDecimal tick, Duration staleAfter) {
    return new CandlePolicy(interval, Duration.ZERO, gaps, tick, USUAL_CLOCK_TOLERANCE, staleAfter);
  }

  /** Bars of the past. */
  public static CandlePolicy history(Duration interval, GapPolicy gaps) {
    return new CandlePolicy(interval, Duration.ZERO, gaps, null, USUAL_CLOCK_TOLERANCE, null);
  }

  /** The same with another grid. */
  public CandlePolicy onGrid(Duration offset) {
    return new CandlePolicy(interval, offset, gaps, tick, clockTolerance, staleAfter);
  }
}
