package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fingerprints of a stream's prices by time, to be laid over another stream's: venues are close
 * to each other, equal they are never. Sixteen bytes a bar.
 */
public final class StreamPrint {
  private static final int FEWEST = 20;
  private static final double CLONED = 0.95;

  private final long intervalMs;
  private final long[] times;
  private final long[] prices;

  private StreamPrint(long intervalMs, long[] times, long[] prices) {
    this.intervalMs = intervalMs;
    this.times = times;
    this.prices = prices;
  }

  /** Of the bars that are telling: three different prices and a volume of three digits. */
  public static StreamPrint of(long intervalMs, Stream<Bar> bars) {
    long[][] pairs =
        bars.filter(BarContent::isTelling)
            .map(bar -> new long[] {bar.openTime().toEpochMilli(), BarContent.prices(bar)})
            .sorted((a, b) -> Long.compare(a[0], b[0]))
            .toArray(long[][]::new);
    return new StreamPrint(
        intervalMs,
        Arrays.stream(pairs).mapToLong(pair -> pair[0]).toArray(),
        Arrays.stream(pairs).mapToLong(pair -> pair[1]).toArray());
  }

  /**
   * @param compared bars of the same time
   * @param identical of them, the times of those with the same prices
   */
  public record Overlap(long compared, List<Instant> identical) {
    /** At least twenty bars in common, and 95 % of them the same to the last digit. */
    public boolean isClone() {
      return compared >= FEWEST && identical.size() >= CLONED * compared;
    }
  }

  /** Lays the two over each other; streams of different intervals have nothing in common. */
  public Overlap with(StreamPrint other) {
    if (intervalMs != other.intervalMs) {
      return new Overlap(0, List.of());
    }
    long compared = 0;
    List<Instant> identical = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < times.length && j < other.times.length) {
      if (times[i] < other.times[j]) {
        i++;
      } else if (times[i] > other.times[j]) {
        j++;
      } else {
        compared++;
        if (prices[i] == other.prices[j]) {
          identical.add(Instant.ofEpochMilli(times[i]));
        }
        i++;
        j++;
      }
    }
    return new Overlap(compared, List.copyOf(identical));
  }
}
