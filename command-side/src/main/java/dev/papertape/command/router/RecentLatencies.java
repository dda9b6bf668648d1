package dev.papertape.command.router;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The newest 256 latencies of a venue, in ms, and their exact percentile. */
final class RecentLatencies {
  private static final int CAPACITY = 256;

  private final long[] newest = new long[CAPACITY];
  private long seen;

  void add(long latencyMs) {
    newest[(int) (seen++ % CAPACITY)] = latencyMs;
  }

  /** Nearest rank: the smallest that at least 95 % are not above; null without a sample. */
  @Nullable Double p95() {
    int count = (int) Math.min(seen, CAPACITY);
    if (count == 0) {
      return null;
    }
    long[] sorted = Arrays.copyOf(newest, count);
    Arrays.sort(sorted);
    int rank = (count * 95 + 99) / 100;
    return (double) sorted[rank - 1];
  }
}
