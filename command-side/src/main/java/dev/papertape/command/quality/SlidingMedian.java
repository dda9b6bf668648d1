package dev.papertape.command.quality;

import java.util.Arrays;

/**
 * The median of the newest values. Adding costs two binary searches and one move of at most the
 * window; nothing is allocated.
 */
final class SlidingMedian {
  private final long[] ring;
  private final long[] sorted;
  private int size;
  private int next;

  SlidingMedian(int window) {
    this.ring = new long[window];
    this.sorted = new long[window];
  }

  int size() {
    return size;
  }

  /** The lower middle one of an even number; only of at least one value. */
  long median() {
    return sorted[(size - 1) / 2];
  }

  void add(long value) {
    if (size == ring.length) {
      replace(ring[next], value);
    } else {
      int at = place(value, size);
      System.arraycopy(sorted, at, sorted, at + 1, size - at);
      sorted[at] = value;
      size++;
    }
    ring[next] = value;
    next = next + 1 == ring.length ? 0 : next + 1;
  }

  void clear() {
    size = 0;
    next = 0;
  }

  private void replace(long oldest, long value) {
    if (oldest == value) {
      return;
    }
    int from = Arrays.binarySearch(sorted, 0, size, oldest);
    int to = place(value, size);
    if (to > from) {
      System.arraycopy(sorted, from + 1, sorted, from, to - 1 - from);
      sorted[to - 1] = value;
    } else {
      System.arraycopy(sorted, to, sorted, to + 1, from - to);
      sorted[to] = value;
    }
  }

  private int place(long value, int length) {
    int found = Arrays.binarySearch(sorted, 0, length, value);
    return found < 0 ? ~found : found;
  }
}
