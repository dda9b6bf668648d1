package dev.papertape.command.market.book;

import dev.papertape.command.market.OrderBook;
import java.util.Objects;

/**
 * One side of a {@link FastOrderBook}: keys ascending in slots {@code [first, end)}, the best last.
 * A key is {@code sign · price}, so that "better" is "greater" on both sides. Cutting off the worst
 * levels, which Kraken's books need after each message, moves nothing: {@code first} goes up.
 */
final class LadderSide {
  private static final int INITIAL_CAPACITY = 256;

  private final int sign;
  private long[] keys = new long[INITIAL_CAPACITY];
  private long[] quantities = new long[INITIAL_CAPACITY];
  private long[] revisions = new long[INITIAL_CAPACITY];
  private byte[] formats = new byte[INITIAL_CAPACITY];
  private int first;
  private int end;

  /**
   * Of how many best levels {@link #sum} is, 0 for none. Exact: a sum that overflows is given up.
   */
  private int summed;

  private long sum;

  /**
   * @param sign 1 for bids, −1 for asks
   */
  LadderSide(int sign) {
    this.sign = sign;
  }

  int size() {
    return end - first;
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

  /** As {@link OrderBook#depth}; of the number of levels asked for last, it is kept up to date. */
  long depth(int levels) {
    if (summed > 0 && levels == summed) {
      return sum;
    }
    long total = 0;
    for (int slot = Math.max(first, end - levels); slot < end; slot++) {
      total += quantities[slot];
      if (total < 0) {
        summed = 0;
        return Long.MAX_VALUE;
      }
    }
    summed = levels;
    sum = total;
    return total;
  }

  private void add(long quantity) {
    sum += quantity;
    if (sum < 0) {
      summed = 0;
    }
  }

  /** The best level that is not in the sum, 0 where all are. */
  private long firstBeyond() {
    return end - first > summed ? quantities[end - summed - 1] : 0;
  }

  byte format(int level) {
    return formats[slot(level)];
  }

  int indexOf(long price) {
    int slot = find(sign * price);
    return slot < 0 ? -1 : end - 1 - slot;
  }

  void put(long price, long quantity, long revision, byte format) {
    int slot = find(sign * price);
    if (slot < 0) {
      slot = open(~slot);
      keys[slot] = sign * price;
      if (slot >= end - summed) {
        add(-firstBeyond());
        add(quantity);
      }
    } else if (slot >= end - summed) {
      add(quantity - quantities[slot]);
    }
    quantities[slot] = quantity;
    revisions[slot] = revision;
    formats[slot] = format;
  }

  void remove(long price) {
    int slot = find(sign * price);
    if (slot >= 0) {
      if (slot >= end - summed) {
        add(firstBeyond() - quantities[slot]);
      }
      move(slot + 1, slot);
      end--;
    }
  }

  void keepBest(int depth) {
    if (depth < summed) {
      summed = 0;
    }
    first = Math.max(first, end - depth);
  }

  void clear() {
    first = 0;
    end = 0;
    sum = 0;
  }

  /** Throws {@link ArithmeticException} if a value would not fit after {@link #rescale}. */
  void requireFits(int priceUp, int quantityUp) {
    for (int i = first; i < end; i++) {
      PowersOfTen.scaleUp(keys[i], priceUp);
      PowersOfTen.scaleUp(quantities[i], quantityUp);
    }
  }

  void rescale(int priceUp, int quantityUp) {
    summed = 0;
    for (int i = first; i < end; i++) {
      keys[i] = PowersOfTen.scaleUp(keys[i], priceUp);
      quantities[i] = PowersOfTen.scaleUp(quantities[i], quantityUp);
    }
  }

  private int slot(int level) {
    return end - 1 - Objects.checkIndex(level, end - first);
  }

  /**
   * Slot of the key, or {@code ~slot} where it would have to stand. Looks from the best in growing
   * steps first: O(log of the distance from the top), through memory that was just used.
   */
  private int find(long key) {
    int low = first;
    int high = end - 1;
    for (int step = 1; end - step >= low; step <<= 1) {
      if (keys[end - step] <= key) {
        low = end - step;
        break;
      }
      high = end - step - 1;
    }
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

  /** Makes room at the slot; returns where it then is. */
  private int open(int slot) {
    int at = slot;
    if (end == keys.length) {
      at -= first;
      makeRoom();
    }
    move(at, at + 1);
    end++;
    return at;
  }

  /** Moves all to the front; into arrays of twice the size unless half of these is free. */
  private void makeRoom() {
    int from = first;
    boolean roomy = from >= keys.length / 2;
    int capacity = roomy ? keys.length : 2 * keys.length;
    long[] oldKeys = keys;
    long[] oldQuantities = quantities;
    long[] oldRevisions = revisions;
    byte[] oldFormats = formats;
    if (!roomy) {
      keys = new long[capacity];
      quantities = new long[capacity];
      revisions = new long[capacity];
      formats = new byte[capacity];
    }
    end -= from;
    first = 0;
    System.arraycopy(oldKeys, from, keys, 0, end);
    System.arraycopy(oldQuantities, from, quantities, 0, end);
    System.arraycopy(oldRevisions, from, revisions, 0, end);
    System.arraycopy(oldFormats, from, formats, 0, end);
  }

  private void move(int from, int to) {
    int length = end - from;
    System.arraycopy(keys, from, keys, to, length);
    System.arraycopy(quantities, from, quantities, to, length);
    System.arraycopy(revisions, from, revisions, to, length);
    System.arraycopy(formats, from, formats, to, length);
  }
}
