package dev.papertape.command.regime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Bars for tests. */
final class Bars {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<RegimeBar> bars = new ArrayList<>();
  private final SplittableRandom random;
  private Instant at = START;
  private double price = 100;

  Bars(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** So many bars of this drift and deviation of log returns. */
  Bars walk(int count, double drift, double deviation) {
    for (int n = 0; n < count; n++) {
      double open = price;
      price *= Math.exp(drift + deviation * VolatilityModelTest.gaussian(random));
      double reach = 1 + deviation / 4;
      bars.add(
          new RegimeBar(
              at, MINUTE, Math.max(open, price) * reach, Math.min(open, price) / reach, price));
      at = at.plus(MINUTE);
    }
    return this;
  }

  Bars hole(Duration length) {
    at = at.plus(length);
    return this;
  }

  List<RegimeBar> all() {
    return bars;
  }
}
