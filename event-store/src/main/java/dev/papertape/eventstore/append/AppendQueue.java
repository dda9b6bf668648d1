package dev.papertape.eventstore.append;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Units of work waiting for the appender, in order; bounded by their number of events, so that what
 * waits has a bounded size. A unit larger than the bound is let in when nothing else waits.
 */
final class AppendQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<AppendUnit> units = new ArrayDeque<>();
  private final int capacity;
  private int events;
  private boolean closed;

  /**
   * @param capacity events, at least 1
   */
  AppendQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * @throws AppendFailure.QueueFull if there is no room now
   * @throws IllegalStateException if the queue is closed
   */
  void add(AppendUnit unit) {
    lock.lock();
    try {
      requireOpen();
      if (!hasRoomFor(unit)) {
        throw new AppendFailure.QueueFull(capacity);
      }
      enqueue(unit);
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a unit, waking nobody, and takes as {@link #poll} does: for a thread that writes itself.
   *
   * @throws AppendFailure.QueueFull if there is no room now
   * @throws IllegalStateException if the queue is closed
   */
  List<AppendUnit> addAndPoll(AppendUnit unit, int maxEvents) {
    lock.lock();
    try {
      requireOpen();
      if (!hasRoomFor(unit)) {
        throw new AppendFailure.QueueFull(capacity);
      }
      enqueue(unit);
      return poll(maxEvents);
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #add}, but waits for room. */
  void addWaiting(AppendUnit unit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      requireOpen();
      while (!hasRoomFor(unit)) {
        room.await();
        requireOpen();
      }
      enqueue(unit);
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a unit waits.
   *
   * @return false if the queue is closed and drained
   */
  boolean awaitUnits() {
    lock.lock();
    try {
      while (units.isEmpty() && !closed) {
        notEmpty.awaitUninterruptibly();
      }
      return !units.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes whole units until there are at least {@code maxEvents} or none is left. */
  List<AppendUnit> poll(int maxEvents) {
    lock.lock();
    try {
      List<AppendUnit> taken = new ArrayList<>();
      int size = 0;
      while (!units.isEmpty() && size < maxEvents) {
        AppendUnit unit = units.remove();
        size += unit.size();
        taken.add(unit);
      }
      events -= size;
      room.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the appender if something waits. */
  void wakeIfNotEmpty() {
    lock.lock();
    try {
      if (!units.isEmpty()) {
        notEmpty.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes whatever waits now. */
  List<AppendUnit> takeAll() {
    lock.lock();
    try {
      List<AppendUnit> taken = new ArrayList<>(units);
      units.clear();
      events = 0;
      room.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Number of events waiting. */
  int depth() {
    lock.lock();
    try {
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further units; those that wait may still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(AppendUnit unit) {
    units.add(unit);
    events += unit.size();
  }

  private boolean hasRoomFor(AppendUnit unit) {
    return events == 0 || events + unit.size() <= capacity;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the appender is closed");
    }
  }
}
