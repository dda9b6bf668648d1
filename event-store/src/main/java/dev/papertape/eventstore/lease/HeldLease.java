package dev.papertape.eventstore.lease;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One holder's belief in its lease. Once the belief ended it never comes back, whatever the
 * database says later: the holder was told, and has stopped.
 *
 * <pre>
 *   held ──close──► released
 *    └──lose / time over──► lost
 * </pre>
 */
final class HeldLease implements Leases.Lease {
  private enum State {
    HELD,
    LOST,
    RELEASED
  }

  private final Epoch epoch;
  private final String holder;
  private final Duration believedFor;
  private final LongSupplier nanoTime;
  private final Runnable onLost;
  private final Consumer<HeldLease> release;
  private State state = State.HELD;
  private long believedUntil;

  HeldLease(
      Epoch epoch,
      String holder,
      Duration believedFor,
      long asked,
      LongSupplier nanoTime,
      Runnable onLost,
      Consumer<HeldLease> release) {
    this.epoch = epoch;
    this.holder = holder;
    this.believedFor = believedFor;
    this.nanoTime = nanoTime;
    this.onLost = onLost;
    this.release = release;
    this.believedUntil = asked + believedFor.toNanos();
  }

  @Override
  public Epoch epoch() {
    return epoch;
  }

  String holder() {
    return holder;
  }

  @Override
  public synchronized boolean isHeld() {
    return state == State.HELD && nanoTime.getAsLong() - believedUntil < 0;
  }

  /** The database confirmed the lease to a question asked at {@code asked}. */
  synchronized void renewed(long asked) {
    // A confirmation that comes after the belief ended is too late.
    if (isHeld()) {
      believedUntil = asked + believedFor.toNanos();
    }
  }

  /** Ends the belief against the holder's will, and says so once. */
  void lose() {
    synchronized (this) {
      if (state != State.HELD) {
        return;
      }
      state = State.LOST;
    }
    Thread.ofVirtual().name("lease-lost-" + epoch.lease()).start(onLost);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (state != State.HELD) {
        return;
      }
      state = State.RELEASED;
    }
    release.accept(this);
  }
}
