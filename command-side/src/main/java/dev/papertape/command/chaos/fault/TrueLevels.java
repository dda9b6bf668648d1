package dev.papertape.command.chaos.fault;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One book's best levels as the venue has them, of what it said on this connection: whatever the
 * client was sent instead. A wire without snapshots is known as far as it was touched since.
 */
final class TrueLevels {
  /** Levels a side that are kept at most. */
  static final int MOST_KEPT = 500;

  private final NavigableMap<BigDecimal, BigDecimal> bids =
      new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
  private boolean whole;

  /** Is shown a level. */
  @FunctionalInterface
  interface Look {
    void level(boolean bid, BigDecimal price, BigDecimal quantity);
  }

  /**
   * Takes over what the venue says; what cannot be read is not known any more.
   *
   * @param depth levels a side that the venue tells of, and no others
   */
  void apply(DepthMessage part, int depth) {
    if (part.isSnapshot()) {
      forget();
      whole = true;
    }
    try {
      part.edit(
          (bid, price, quantity) -> {
            NavigableMap<BigDecimal, BigDecimal> side = bid ? bids : asks;
            if (quantity.signum() == 0) {
              side.remove(price);
            } else {
              side.put(price, quantity);
            }
            return quantity;
          });
    } catch (NumberFormatException unreadable) {
      forget();
    }
    trim(bids, depth);
    trim(asks, depth);
  }

  /** Whether a snapshot and all that followed it were read. */
  boolean isWhole() {
    return whole;
  }

  /** The best so many of each side. */
  void best(int levels, Look look) {
    bids.entrySet().stream()
        .limit(levels)
        .forEach(each -> look.level(true, each.getKey(), each.getValue()));
    asks.entrySet().stream()
        .limit(levels)
        .forEach(each -> look.level(false, each.getKey(), each.getValue()));
  }

  private void forget() {
    whole = false;
    bids.clear();
    asks.clear();
  }

  private static void trim(NavigableMap<BigDecimal, BigDecimal> side, int depth) {
    while (side.size() > Math.min(depth, MOST_KEPT)) {
      side.pollLastEntry();
    }
  }
}
