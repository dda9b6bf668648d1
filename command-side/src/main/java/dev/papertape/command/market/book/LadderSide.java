package dev.papertape.command.market.book;

import java.util.Arrays;
import java.util.Objects;

/**
 * One side of a {@link FastOrderBook}: keys ascending, the best last. A key is {@code sign ·
 * price}, so that "better" is "greater" on both sides.
 */
final class LadderSide {
  private static final int INITIAL_CAPACITY = 256;

  private final int sign;
  private long[] keys = new long[INITIAL_CAPACITY];
  private long[] quantities = new long[INITIAL_CAPACITY];
  private long[] revisions = new long[INITIAL_CAPACITY];
  private byte[] formats = new byte[INITIAL_CAPACITY];
  private int size;

  /**
   * @param sign 1 for bids, −1 for asks
   */
  LadderSide(int sign) {
    this.sign = sign;
  }

  int size() {
    return size;
  }

  long price(int level) {
    return sign * keys[slot(level)];
  }

  long quantity(int level) {
    return quantities[slot(level)];
  }

  long revision(int level) {
    return revisions[slot(level)];
  }

  long depth(int levels) {
    long sum = 0;
    for (int slot = Math.max(0, size - levels); slot < size; slot++) {
      sum += quantities[slot];
    }
    return sum;
  }

  byte format(int level) {
    return formats[slot(level)];
  }

  int indexOf(long price) {
    int slot = find(sign * price);
    return slot < 0 ? -1 : size - 1 - slot;
  }

  void put(long price, long quantity, long revision, byte format) {
    int slot = find(sign * price);
    if (slot < 0) {
      slot = ~slot;
      open(slot);
      keys[slot] = sign * price;
    }
    quantities[slot] = quantity;
    revisions[slot] = revision;
    formats[slot] = format;
  }

  void remove(long price) {
    int slot = find(sign * price);
    if (slot >= 0) {
      move(slot + 1, slot);
      size--;
    }
  }

  void keepBest(int depth) {
    if (size > depth) {
      move(size - depth, 0);
      size = depth;
    }
  }

  void clear() {
    size = 0;
  }

  /** Throws {@link ArithmeticException} if a value would not fit after {@link #rescale}. */
  void requireFits(int priceUp, int quantityUp) {
    for (int i = 0; i < size; i++) {
      PowersOfTen.scaleUp(keys[i], priceUp);
      PowersOfTen.scaleUp(quantities[i], quantityUp);
    }
  }

  void rescale(int priceUp, int quantityUp) {
    for (int i = 0; i < size; i++) {
      keys[i] = PowersOfTen.scaleUp(keys[i], priceUp);
      quantities[i] = PowersOfTen.scaleUp(quantities[i], quantityUp);
    }
  }

  private int slot(int level) {
    return size - 1 - Objects.checkIndex(level, size);
  }

  /** Slot of the key, or {@code ~slot} where it would have to stand. */
  private int find(long key) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (keys[middle] < key) {
        low = middle + 1;
      } else if (keys[middle] > key) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return ~low;
  }

  private void open(int slot) {
    if (size == keys.length) {
      int capacity = 2 * size;
      keys = Arrays.copyOf(keys, capacity);
      quantities = Arrays.copyOf(quantities, capacity);
      revisions = Arrays.copyOf(revisions, capacity);
      formats = Arrays.copyOf(formats, capacity);
    }
    move(slot, slot + 1);
    size++;
  }

  private void move(int from, int to) {
    int length = size - from;
    System.arraycopy(keys, from, keys, to, length);
    System.arraycopy(quantities, from, quantities, to, length);
    System.arraycopy(revisions, from, revisions, to, length);
    System.arraycopy(formats, from, formats, to, length);
  }
}
