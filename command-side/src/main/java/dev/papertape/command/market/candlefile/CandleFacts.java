package dev.papertape.command.market.candlefile;

import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, before anybody judges it.
 *
 * @param first the earliest open time; null without bars, as last, low and high are
 * @param outOfOrder rows with an earlier time than the row above them
 * @param duplicates rows whose time another row above has
 * @param misaligned rows off the interval's grid
 * @param gaps runs of intervals without a bar between the first and the last, in order of time
 * @param zeroVolume rows with volume 0
 * @param ohlcInconsistent rows whose high or low lies inside open and close
 * @param low the lowest low, whatever the guards say of it
 * @param sumVolume exact
 */
public record CandleFacts(
    long rows,
    @Nullable Instant first,
    @Nullable Instant last,
    @Nullable Long intervalMs,
    long outOfOrder,
    long duplicates,
    long misaligned,
    List<Gap> gaps,
    long zeroVolume,
    long ohlcInconsistent,
    @Nullable BigDecimal low,
    @Nullable BigDecimal high,
    BigDecimal sumVolume) {

  /**
   * @param from start of the first interval without a bar
   * @param missing how many follow each other
   */
  public record Gap(Instant from, long missing) {}

  /** Of the readable rows. */
  public static CandleFacts of(CandleFile file) {
    List<Bar> bars = file.bars();
    BarInterval interval = file.interval();
    long outOfOrder = 0;
    long zeroVolume = 0;
    long inconsistent = 0;
    BigDecimal low = null;
    BigDecimal high = null;
    BigDecimal sum = BigDecimal.ZERO;
    long[] times = new long[bars.size()];
    for (int i = 0; i < times.length; i++) {
      Bar bar = bars.get(i);
      times[i] = bar.openTime().toEpochMilli();
      outOfOrder += i > 0 && times[i] < times[i - 1] ? 1 : 0;
      zeroVolume += bar.volume().signum() == 0 ? 1 : 0;
      inconsistent += isInconsistent(bar) ? 1 : 0;
      low = low == null ? bar.low() : low.min(bar.low());
      high = high == null ? bar.high() : high.max(bar.high());
      sum = sum.add(bar.volume());
    }
    Arrays.sort(times);
    long[] distinct = distinct(times);
    return new CandleFacts(
        times.length,
        times.length == 0 ? null : Instant.ofEpochMilli(times[0]),
        times.length == 0 ? null : Instant.ofEpochMilli(times[times.length - 1]),
        interval == null ? null : (Long) interval.length().toMillis(),
        outOfOrder,
        times.length - distinct.length,
        interval == null ? 0 : misaligned(times, interval),
        interval == null ? List.of() : gaps(distinct, interval.length().toMillis()),
        zeroVolume,
        inconsistent,
        low,
        high,
        sum);
  }

  /** Intervals without a bar, over all gaps. */
  public long missingBars() {
    return gaps.stream().mapToLong(Gap::missing).sum();
  }

  private static long[] distinct(long[] sorted) {
    long[] distinct = new long[sorted.length];
    int count = 0;
    for (long time : sorted) {
      if (count == 0 || distinct[count - 1] != time) {
        distinct[count++] = time;
      }
    }
    return Arrays.copyOf(distinct, count);
  }

  private static boolean isInconsistent(Bar bar) {
    return bar.high().compareTo(bar.open().max(bar.close())) < 0
        || bar.low().compareTo(bar.open().min(bar.close())) > 0
        || bar.high().compareTo(bar.low()) < 0;
  }

  private static long misaligned(long[] times, BarInterval interval) {
    long length = interval.length().toMillis();
    long offset = interval.offset().toMillis();
    return Arrays.stream(times).filter(time -> Math.floorMod(time - offset, length) != 0).count();
  }

  private static List<Gap> gaps(long[] times, long length) {
    List<Gap> gaps = new ArrayList<>();
    for (int i = 1; i < times.length; i++) {
      long missing = (times[i] - times[i - 1]) / length - 1;
      if (missing > 0) {
        gaps.add(new Gap(Instant.ofEpochMilli(times[i - 1] + length), missing));
      }
    }
    return List.copyOf(gaps);
  }
}
