package dev.papertape.command.regime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far a price has fallen from its highest of the last three bars' time, in what a random walk
 * of the usual volatility moves in that time: ln(highest / now) / (σ of one bar · √3).
 */
final class DrawdownSpeed {
  static final int BARS = 3;
  private static final double ROOT = Math.sqrt(BARS);

  /** Falling: each is higher than all that came after it, so the first is the highest. */
  private final Deque<Level> falling = new ArrayDeque<>();

  /**
   * @param log natural logarithm of a price
   */
  private record Level(Instant at, double log) {}

  /**
   * @param at not before that of the price told last
   */
  void add(Instant at, double price, Duration barLength) {
    double log = StrictMath.log(price);
    while (!falling.isEmpty() && falling.getLast().log <= log) {
      falling.removeLast();
    }
    falling.addLast(new Level(at, log));
    Instant oldest = at.minus(barLength.multipliedBy(BARS));
    while (falling.getFirst().at.isBefore(oldest)) {
      falling.removeFirst();
    }
  }

  void clear() {
    falling.clear();
  }

  /**
   * @param deviation of one bar's log return
   * @return NaN before the first price, and where nothing is usual yet
   */
  double value(double deviation) {
    if (falling.isEmpty() || !(deviation > 0)) {
      return Double.NaN;
    }
    return (falling.getFirst().log - falling.getLast().log) / (deviation * ROOT);
  }
}
