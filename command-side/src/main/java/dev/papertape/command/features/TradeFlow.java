package dev.papertape.command.features;

import dev.papertape.contracts.execution.Side;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What takers bought and sold of one symbol at one venue, in the seconds up to now. Sums are exact
 * and have no largest value: what a venue prints must not end the engine's life.
 */
final class TradeFlow {
  private final int seconds;
  private final Deque<Second> window = new ArrayDeque<>();
  private Second current = Second.NOTHING;
  private Second sum = Second.NOTHING;
  private long lastSecond = Long.MIN_VALUE;

  /** Bought and sold quantity. */
  record Second(BigDecimal bought, BigDecimal sold) {
    private static final Second NOTHING = new Second(BigDecimal.ZERO, BigDecimal.ZERO);

    private Second plus(Second other) {
      return new Second(bought.add(other.bought), sold.add(other.sold));
    }

    private Second minus(Second other) {
      return new Second(bought.subtract(other.bought), sold.subtract(other.sold));
    }
  }

  TradeFlow(int seconds) {
    this.seconds = seconds;
  }

  void traded(Side aggressor, BigDecimal quantity) {
    current =
        switch (aggressor) {
          case BUY -> new Second(current.bought.add(quantity), current.sold);
          case SELL -> new Second(current.bought, current.sold.add(quantity));
        };
  }

  /**
   * Ends the second: what was traded since the last one belongs to it. After a second that was left
   * out the window begins anew, with the next one: what came since is not one second's.
   *
   * @return what was traded
   */
  Second sample(long epochSecond) {
    Second second = current;
    current = Second.NOTHING;
    if (epochSecond - 1 == lastSecond) {
      add(second);
    } else {
      window.clear();
      sum = Second.NOTHING;
    }
    lastSecond = epochSecond;
    return second;
  }

  private void add(Second second) {
    window.addLast(second);
    sum = sum.plus(second);
    if (window.size() > seconds) {
      sum = sum.minus(window.removeFirst());
    }
  }

  /** NaN until the window is full, and while nothing was traded in it. */
  double imbalance() {
    BigDecimal traded = sum.bought.add(sum.sold);
    return window.size() < seconds || traded.signum() == 0
        ? Double.NaN
        : sum.bought.subtract(sum.sold).doubleValue() / traded.doubleValue();
  }
}
