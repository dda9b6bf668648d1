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
  private Second current = Second.NOTHING;
  private Second sum = Second.NOTHING;
  private int decimals;
  private long lastSecond = Long.MIN_VALUE;

  /** Bought and sold quantity, scaled. */
  record Second(long bought, long sold) {
    private static final Second NOTHING = new Second(0, 0);

    private Second plus(Second other) {
      return new Second(Math.addExact(bought, other.bought), Math.addExact(sold, other.sold));
    }

    private Second minus(Second other) {
      return new Second(bought - other.bought, sold - other.sold);
    }

    private Second times(long factor) {
      return new Second(Math.multiplyExact(bought, factor), Math.multiplyExact(sold, factor));
    }
  }

  TradeFlow(int seconds) {
    this.seconds = seconds;
  }

  /**
   * @param quantity scaled to {@code decimals}, which may grow as venues list finer lots
   */
  void traded(Side aggressor, long quantity, int decimals) {
    rescale(decimals);
    current =
        switch (aggressor) {
          case BUY -> current.plus(new Second(quantity, 0));
          case SELL -> current.plus(new Second(0, quantity));
        };
  }

  /**
   * Ends the second: what was traded since the last one belongs to it. After a second that was left
   * out the window begins anew, with the next one: what came since is not one second's.
   *
   * @return what was traded, scaled to {@code decimals}
   */
  Second sample(long epochSecond, int decimals) {
    rescale(decimals);
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
    long traded = sum.bought() + sum.sold();
    return window.size() < seconds || traded == 0
        ? Double.NaN
        : (double) (sum.bought() - sum.sold()) / traded;
  }

  private void rescale(int wanted) {
    if (wanted != decimals) {
      long factor = Math.powExact(10L, wanted - decimals);
      for (int second = window.size(); second > 0; second--) {
        window.addLast(window.removeFirst().times(factor));
      }
      current = current.times(factor);
      sum = sum.times(factor);
      decimals = wanted;
    }
  }
}
