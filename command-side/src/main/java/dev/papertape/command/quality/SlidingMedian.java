package dev.papertape.command.quality;

import java.util.Arrays;

/**
 * The median of the newest values, with bounds of it that are always at hand. A guard asks whether
 * a value is many times the median; nearly always the bounds say that it is not, and the median
 * itself need not be known. So adding costs nothing but the bounds' comparison, and a median is
 * worked out only when one is asked for. Nothing is allocated.
 */
public final class SlidingMedian {
  private final long[] ring;
  private final long[] sorted;
  private int size;
  private int next;
  private boolean known;
  private long least;
  private long most;

  public SlidingMedian(int window) {
    this.ring = new long[window];
    this.sorted = new long[window];
  }

  public int size() {
    return size;
  }

  /** At most the median: the least value since the median was last worked out, or before. */
  public long atLeast() {
    return least;
  }

  /** At least the median. */
  public long atMost() {
    return most;
  }

  /** The lower middle one of an even number; only of at least one value. */
  public long median() {
    if (!known) {
      System.arraycopy(ring, 0, sorted, 0, size);
      Arrays.sort(sorted, 0, size);
      least = sorted[0];
      most = sorted[size - 1];
      known = true;
    }
    return sorted[(size - 1) / 2];
  }

  public void add(long value) {
    ring[next] = value;
    next = next + 1 == ring.length ? 0 : next + 1;
    least = size == 0 ? value : Math.min(least, value);
    most = size == 0 ? value : Math.max(most, value);
    size = Math.min(size + 1, ring.length);
    known = false;
  }

  public void clear() {
    size = 0;
    next = 0;
    known = false;
  }
}
