package dev.papertape.eventstore.append;

import java.time.Duration;

/**
 * @param queueEvents events that may wait for the appender; more are refused
 * @param batchEvents events after which a transaction takes no further unit of work
 * @param outcomePatience how long a lost COMMIT is looked up before its outcome is called unknown;
 *     longer than the 15 s for which the server lets a hanging transaction keep the append lock
 */
public record AppendLimits(int queueEvents, int batchEvents, Duration outcomePatience) {
  /** Room for a second of the trading engine; transactions of some ten milliseconds at most. */
  public static final AppendLimits DEFAULT = new AppendLimits(32_768, 2_048);

  public AppendLimits {
    if (queueEvents < 1 || batchEvents < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  public AppendLimits(int queueEvents, int batchEvents) {
    this(queueEvents, batchEvents, Duration.ofSeconds(20));
  }
}
