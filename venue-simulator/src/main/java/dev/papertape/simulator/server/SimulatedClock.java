package dev.papertape.simulator.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Simulated time: the start instant plus what a monotonic clock has counted since, times a factor.
 * Follows no later correction of the wall clock, as a venue's own clock would not.
 */
public final class SimulatedClock {

  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final long startMillis;
  private final double speed;
  private final LongSupplier nanos;
  private final long startNanos;

  /**
   * @param startMillis simulated epoch time now
   * @param speed simulated milliseconds per real one, {@code > 0}
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  public SimulatedClock(long startMillis, double speed, LongSupplier nanos) {
    this.startMillis = startMillis;
    this.speed = speed;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  long millis() {
    return startMillis + (long) ((nanos.getAsLong() - startNanos) / NANOS_PER_MILLI * speed);
  }

  /** Real nanoseconds until a simulated instant; 0 when it has passed. */
  long nanosUntil(long simulatedMillis) {
    double due = (simulatedMillis - startMillis) * NANOS_PER_MILLI / speed;
    return Math.max(0, (long) Math.ceil(due) - (nanos.getAsLong() - startNanos));
  }

  /** Real nanoseconds that a simulated time lasts. */
  long realNanos(double simulatedMillis) {
    return (long) (simulatedMillis * NANOS_PER_MILLI / speed);
  }
}
