package dev.papertape.command.market;

/**
 * An L2 book on scaled longs, read by index from the best level (0) outwards. Owned by one thread.
 * An empty side has {@code levels(side) == 0}; reading beyond it throws {@link
 * IndexOutOfBoundsException}.
 */
public interface OrderBook {
  Scale scale();

  int levels(BookSide side);

  /** Scaled price of the level. */
  long price(BookSide side, int level);

  /** Scaled quantity displayed at the level, &gt; 0. */
  long quantity(BookSide side, int level);

  /**
   * Number of the book's update that last set this level; another number at the same price means
   * that the level was refreshed.
   */
  long revision(BookSide side, int level);

  /**
   * Sum of the quantities of the {@code levels} best, or of all where there are fewer; {@code
   * Long.MAX_VALUE} where it is more than that.
   */
  default long depth(BookSide side, int levels) {
    int count = Math.min(levels, levels(side));
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += quantity(side, i);
      if (sum < 0) {
        return Long.MAX_VALUE;
      }
    }
    return sum;
  }

  /** Index of the level with exactly this scaled price, or −1. */
  int indexOf(BookSide side, long price);
}
