package dev.papertape.eventstore.projection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The position of a projection that runs here, to be waited for. */
final class PositionSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long position;

  void set(long newPosition) {
    lock.lock();
    try {
      position = newPosition;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long get() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return whether the position is reached
   */
  boolean await(long wanted, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (position < wanted && left > 0) {
        left = moved.awaitNanos(left);
      }
      return position >= wanted;
    } finally {
      lock.unlock();
    }
  }

  static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
