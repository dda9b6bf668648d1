package dev.papertape.command;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** Decides again after another process took the place in the stream: bounded, with jitter. */
public final class ConflictRetry {
  private static final int MOST_TRIES = 60;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  private final RandomGenerator random;

  /**
   * @param random of the jitter; may be used by several threads
   */
  public ConflictRetry(RandomGenerator random) {
    this.random = random;
  }

  /** Throws the last conflict when it never got a place. */
  public <T> T call(Supplier<T> command) {
    for (int tries = 1; ; tries++) {
      try {
        return command.get();
      } catch (ConcurrencyException | AggregateStreamCreationException conflict) {
        if (tries == MOST_TRIES || Thread.currentThread().isInterrupted()) {
          throw conflict;
        }
        long most = Math.min(LONGEST_PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(2L * tries));
        LockSupport.parkNanos(random.nextLong(1, most));
      }
    }
  }
}
