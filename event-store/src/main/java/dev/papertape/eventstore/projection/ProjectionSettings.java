package dev.papertape.eventstore.projection;

import java.time.Duration;

/**
 * @param batchSize most events folded into one transaction
 * @param standby between two attempts to take a lease that another process holds
 * @param firstBackoff wait after the first failure; doubled after each more
 * @param longestBackoff upper bound of the wait
 */
public record ProjectionSettings(
    int batchSize, Duration standby, Duration firstBackoff, Duration longestBackoff) {

  public static final ProjectionSettings DEFAULT =
      new ProjectionSettings(
          5_000, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));

  public ProjectionSettings {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has at least one event, not " + batchSize);
    }
  }

  ProjectionSettings withBatchSize(int size) {
    return new ProjectionSettings(size, standby, firstBackoff, longestBackoff);
  }

  /**
   * @param failures how often in a row it failed, from 1
   */
  Duration backoff(int failures) {
    Duration wait = firstBackoff.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(longestBackoff) < 0 ? wait : longestBackoff;
  }
}
