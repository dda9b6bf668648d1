package dev.papertape.command.market.candlefile;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The length of a file's bars, from the distances between their times: the most frequent one where
 * it is half of them; else, as in a market that trades now and then, the longest usual length that
 * divides nine tenths of them.
 *
 * @param offset where the grid lies; zero for bars shorter than a day
 */
public record BarInterval(Duration length, Duration offset) {
  private static final long[] USUAL_MINUTES = {
    1, 2, 3, 5, 10, 15, 30, 60, 120, 180, 240, 360, 480, 720, 1440, 4320, 10080
  };
  private static final int[] USUAL_SECONDS = {1, 2, 5, 10, 15, 30};
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /**
   * @param sorted times in ms, ascending
   * @return null where no two times differ
   */
  static @Nullable BarInterval of(long[] sorted) {
    Map<Long, Integer> counts = new HashMap<>();
    int distances = 0;
    for (int i = 1; i < sorted.length; i++) {
      long distance = sorted[i] - sorted[i - 1];
      if (distance > 0) {
        counts.merge(distance, 1, Integer::sum);
        distances++;
      }
    }
    if (counts.isEmpty()) {
      return null;
    }
    Map.Entry<Long, Integer> mode =
        counts.entrySet().stream()
            .max(
                Map.Entry.<Long, Integer>comparingByValue()
                    .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed()))
            .orElseThrow();
    long length =
        2L * mode.getValue() >= distances
            ? mode.getKey()
            : longestDivisor(counts, distances, mode.getKey());
    return new BarInterval(Duration.ofMillis(length), Duration.ofMillis(offset(sorted, length)));
  }

  private static long longestDivisor(Map<Long, Integer> counts, int distances, long mode) {
    long[] usual = Arrays.stream(USUAL_SECONDS).mapToLong(s -> s * 1000L).toArray();
    long[] minutes = Arrays.stream(USUAL_MINUTES).map(m -> m * 60_000).toArray();
    for (long[] lengths : new long[][] {minutes, usual}) {
      for (int i = lengths.length - 1; i >= 0; i--) {
        long length = lengths[i];
        long divided =
            counts.entrySet().stream()
                .filter(e -> e.getKey() % length == 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (10 * divided >= 9L * distances) {
          return length;
        }
      }
    }
    return mode;
  }

  /**
   * Days and weeks begin where most of them begin, on a full hour: exporters cut days in their own
   * time zone. Shorter bars lie on the grid of the UTC day.
   */
  private static long offset(long[] times, long length) {
    if (length < DAY) {
      return 0;
    }
    Map<Long, Integer> counts = new HashMap<>();
    for (long time : times) {
      counts.merge(Math.floorMod(time, length), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .filter(offset -> offset % HOUR == 0)
        .orElse(0L);
  }
}
