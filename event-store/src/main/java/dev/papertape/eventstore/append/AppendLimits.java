package dev.papertape.eventstore.append;

/**
 * @param queueEvents events that may wait for the appender; more are refused
 * @param batchEvents events after which a transaction takes no further unit of work
 */
public record AppendLimits(int queueEvents, int batchEvents) {
  /** Room for a second of the trading engine; transactions of some ten milliseconds at most. */
  public static final AppendLimits DEFAULT = new AppendLimits(32_768, 2_048);

  public AppendLimits {
    if (queueEvents < 1 || batchEvents < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }
}
