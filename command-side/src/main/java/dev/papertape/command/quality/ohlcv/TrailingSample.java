package dev.papertape.command.quality.ohlcv;

import java.util.Arrays;

/**
 * The last so many values, kept sorted beside their order of arrival: adding costs one shift of the
 * sorted half, the median is read, the median absolute deviation costs half a walk.
 */
final class TrailingSample {
  private final double[] arrival;
  private final double[] sorted;
  private int next;
  private int size;

  TrailingSample(int capacity) {
    arrival = new double[capacity];
    sorted = new double[capacity];
  }

  int size() {
    return size;
  }

  void add(double value) {
    if (size == arrival.length) {
      remove(arrival[next]);
    }
    arrival[next] = value;
    next = (next + 1) % arrival.length;
    insert(value);
  }

  /** Takes the newest value back; nothing on an empty sample. */
  void removeNewest() {
    if (size > 0) {
      next = Math.floorMod(next - 1, arrival.length);
      remove(arrival[next]);
    }
  }

  void clear() {
    size = 0;
    next = 0;
  }

  /** Of an empty sample 0. */
  double median() {
    if (size == 0) {
      return 0;
    }
    return size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
  }

  /** Median of |value − centre|; of an empty sample 0. */
  double medianDistanceFrom(double centre) {
    if (size == 0) {
      return 0;
    }
    int right = firstAtLeast(centre);
    int left = right - 1;
    double before = 0;
    double distance = 0;
    for (int taken = 0; taken <= size / 2; taken++) {
      before = distance;
      boolean fromLeft =
          right >= size || (left >= 0 && centre - sorted[left] <= sorted[right] - centre);
      distance = fromLeft ? centre - sorted[left--] : sorted[right++] - centre;
    }
    return size % 2 == 1 ? distance : (before + distance) / 2;
  }

  private void insert(double value) {
    int at = firstAtLeast(value);
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = value;
    size++;
  }

  private void remove(double value) {
    int at = firstAtLeast(value);
    System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
    size--;
  }

  private int firstAtLeast(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    if (at < 0) {
      return -at - 1;
    }
    while (at > 0 && sorted[at - 1] == value) {
      at--;
    }
    return at;
  }
}
