package dev.papertape.standalone.deploy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition; what fails on the way counts as not yet. */
final class Waiting {
  private static final long LOOK_NANOS = 20_000_000;

  private Waiting() {}

  /** How long it took. */
  static Duration until(String what, Duration atMost, Callable<Boolean> condition) {
    long start = System.nanoTime();
    Throwable last = null;
    while (System.nanoTime() - start < atMost.toNanos()) {
      try {
        if (condition.call()) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
        last = null;
      } catch (Exception notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new AssertionError("not within " + atMost + ": " + what, last);
  }
}
