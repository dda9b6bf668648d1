package dev.papertape.command.market;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter and a cap: attempt n waits between half of and the whole of
 * {@code min(cap, base · 2^n)}.
 */
public record Backoff(Duration base, Duration cap) {

  /**
   * @param failures failures in a row so far, &ge; 0
   */
  public Duration delay(int failures, RandomGenerator random) {
    long full = cap.toMillis();
    if (failures < Long.numberOfLeadingZeros(base.toMillis()) - 1) {
      full = Math.min(full, base.toMillis() << failures);
    }
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }
}
