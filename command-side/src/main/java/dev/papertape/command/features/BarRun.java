package dev.papertape.command.features;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Which bars stand in one window. Minutes without a bar (nobody traded, or the bar is quarantined)
 * are stepped over; a hole in which {@link #LONGEST_HOLE} is missing breaks the run, so that no
 * return and no average reaches over an outage.
 */
public final class BarRun {
  /** From one bar's open to the next one's, in lengths of a bar. */
  static final int LONGEST_HOLE_IN_BARS = 5;

  /** The same of 1m bars. */
  public static final Duration LONGEST_HOLE = Duration.ofMinutes(LONGEST_HOLE_IN_BARS);

  private BarRun() {}

  private static boolean isBroken(Instant open, Instant nextOpen, Duration longestHole) {
    return Duration.between(open, nextOpen).compareTo(longestHole) > 0;
  }

  /**
   * Length of the unbroken run that ends with bar {@code last}, counted up to {@code most}.
   *
   * @param bars in order of open time
   */
  public static <B> int endingAt(
      List<B> bars, int last, int most, Function<? super B, Instant> openTime) {
    return endingAt(bars, last, most, openTime, LONGEST_HOLE);
  }

  /**
   * As {@link #endingAt(List, int, int, Function)}, of bars of any length.
   *
   * @param longestHole from one bar's open to the next one's
   */
  static <B> int endingAt(
      List<B> bars,
      int last,
      int most,
      Function<? super B, Instant> openTime,
      Duration longestHole) {
    int length = 1;
    while (length < most
        && last - length >= 0
        && !isBroken(
            openTime.apply(bars.get(last - length)),
            openTime.apply(bars.get(last - length + 1)),
            longestHole)) {
      length++;
    }
    return length;
  }
}
