package dev.papertape.command.features;

import dev.papertape.contracts.execution.Side;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What takers bought and sold of one symbol at one venue, in the seconds up to now. Sums are exact:
 * scaled numbers, added and taken away again.
 */
final class TradeFlow {
  private final int seconds;
  private final Deque<Second> window = new ArrayDeque<>();
  private long bought;
  private long sold;
  private long boughtInWindow;
  private long soldInWindow;
  private long lastSecond = Long.MIN_VALUE;

  /** One sample's sums, scaled. */
  record Second(long bought, long sold) {}

  TradeFlow(int seconds) {
    this.seconds = seconds;
  }

  void traded(Side aggressor, long quantity) {
    switch (aggressor) {
      case BUY -> bought += quantity;
      case SELL -> sold += quantity;
    }
  }

  /**
   * Ends the second: what was traded since the last one belongs to it. After a second that was left
   * out the window begins anew, with the next one: what came since is not one second's.
   */
  Second sample(long epochSecond) {
    Second second = new Second(bought, sold);
    bought = 0;
    sold = 0;
    if (epochSecond - 1 == lastSecond) {
      add(second);
    } else {
      window.clear();
      boughtInWindow = 0;
      soldInWindow = 0;
    }
    lastSecond = epochSecond;
    return second;
  }

  private void add(Second second) {
    window.addLast(second);
    boughtInWindow += second.bought();
    soldInWindow += second.sold();
    if (window.size() > seconds) {
      Second old = window.removeFirst();
      boughtInWindow -= old.bought();
      soldInWindow -= old.sold();
    }
  }

  /** NaN until the window is full, and while nothing was traded in it. */
  double imbalance() {
    long traded = boughtInWindow + soldInWindow;
    return window.size() < seconds || traded == 0
        ? Double.NaN
        : (double) (boughtInWindow - soldInWindow) / traded;
  }
}
