package dev.papertape.command.quality.ohlcv;

import java.util.ArrayDeque;

/**
 * Keeps spikes from locking a stream out: the third successive one at a consistent level is a new
 * level, and after six of any kind what was usual is forgotten.
 */
final class LevelSearch {
  private static final int CONSISTENT = 3;
  private static final int LONGEST = 6;

  /** What a spike means after those before it. */
  enum Outcome {
    KEEP_HOLDING,
    NEW_LEVEL,
    /** Six bars in a row fit nothing: the statistics are what is wrong. */
    START_AFRESH
  }

  private final ArrayDeque<Double> closes = new ArrayDeque<>(CONSISTENT);
  private int successive;

  /** One more spike in a row. */
  Outcome spike(Spike spike) {
    successive++;
    closes.addLast(spike.bar().close().doubleValue());
    if (closes.size() > CONSISTENT) {
      closes.removeFirst();
    }
    if (closes.size() == CONSISTENT && spike.inClose() && areOneLevel(spike.levelWidth())) {
      return Outcome.NEW_LEVEL;
    }
    return successive >= LONGEST ? Outcome.START_AFRESH : Outcome.KEEP_HOLDING;
  }

  /** A bar was good: the row of spikes ends. */
  void good() {
    successive = 0;
    closes.clear();
  }

  private boolean areOneLevel(double width) {
    double low = closes.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double high = closes.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return Spike.distance(high, low) <= width;
  }
}
