package dev.papertape.eventstore.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest position that this process knows to be committed. Only grows. The appender moves it at
 * each commit, {@link HeadListener} when other processes append.
 */
public final class HeadSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long head;

  /** 0 before the first event (or before anybody looked). */
  public long head() {
    return head;
  }

  /** Tells that everything up to {@code position} is committed; wakes waiters if that is news. */
  public void advance(long position) {
    if (position <= head) {
      return;
    }
    lock.lock();
    try {
      if (position <= head) {
        return;
      }
      head = position;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  /** {@code listener} runs after each move, on the moving thread: must not block or throw. */
  public void onAdvance(Runnable listener) {
    listeners.add(listener);
  }

  /** Waits until the head is beyond {@code position} or the time is over; returns the head. */
  public long awaitBeyond(long position, Duration timeout) throws InterruptedException {
    long remaining = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (head <= position && remaining > 0) {
        remaining = moved.awaitNanos(remaining);
      }
      return head;
    } finally {
      lock.unlock();
    }
  }
}
