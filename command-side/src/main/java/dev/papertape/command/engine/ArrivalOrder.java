package dev.papertape.command.engine;

import dev.papertape.command.market.MarketInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The one place where the frames of live venues and the passing of time are put in order. A frame
 * gets its receive time and its place in the engine's queue in one step, and every time is later
 * than the one before: so the order in which frames were merged, and where ticks stood between
 * them, can be read from the frames' receive times alone (docs/decisions/0002).
 *
 * <p>While a frame waits for room, those of other venues wait behind it and no time passes.
 */
final class ArrivalOrder {
  private final InstantSource clock;
  private final MarketFeed.Sink frames;
  private final Consumer<Instant> time;
  private final ReentrantLock merging = new ReentrantLock(true);
  private Instant newest = Instant.MIN;

  /**
   * @param frames told of every frame, restamped; may wait
   * @param time told how far time has moved on; never waits
   */
  ArrivalOrder(InstantSource clock, MarketFeed.Sink frames, Consumer<Instant> time) {
    this.clock = clock;
    this.frames = frames;
    this.time = time;
  }

  /** Gives the frame its receive time and its place; waits for room. */
  void frame(MarketInput frame) throws InterruptedException {
    merging.lockInterruptibly();
    try {
      frames.accept(frame.restamped(stamp()));
    } finally {
      merging.unlock();
    }
  }

  /** Lets time pass; nothing to do while frames are being merged, since they carry it along. */
  void pass() {
    if (merging.tryLock()) {
      try {
        time.accept(stamp());
      } finally {
        merging.unlock();
      }
    }
  }

  /** A clock that stands still or steps back moves by a nanosecond instead. */
  private Instant stamp() {
    Instant now = clock.instant();
    newest = now.isAfter(newest) ? now : newest.plusNanos(1);
    return newest;
  }
}
