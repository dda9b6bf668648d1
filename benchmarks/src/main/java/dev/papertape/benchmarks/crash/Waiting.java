package dev.papertape.benchmarks.crash;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition; what fails on the way counts as not yet, but for a failed check. */
public final class Waiting {
  private static final long LOOK_NANOS = 20_000_000;

  private Waiting() {}

  /**
   * Looks every 20 ms.
   *
   * @return how long it took
   * @throws CheckFailed if it takes too long, with the last failure of the condition as its cause
   */
  public static Duration until(String what, Duration atMost, Callable<Boolean> condition) {
    long start = System.nanoTime();
    Exception last = null;
    while (System.nanoTime() - start < atMost.toNanos()) {
      try {
        if (condition.call()) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
        last = null;
      } catch (CheckFailed hopeless) {
        throw hopeless;
      } catch (Exception notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw tooLate("Not within %d s: %s".formatted(atMost.toSeconds(), what), last);
  }

  private static CheckFailed tooLate(String sentence, @Nullable Exception last) {
    return last == null
        ? new CheckFailed(sentence + ".")
        : new CheckFailed(sentence + " (" + last + ").", last);
  }
}
