package dev.papertape.command.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feed time and what is due in it. Time only moves forward; on its way it stops at everything due:
 * first what was scheduled for the moment (in the order of scheduling), then the tick, if the moment
 * lies on the 100 ms grid. An input is applied after all that is due at or before its time, so where
 * a tick stands between two frames follows from the frames alone.
 */
final class FeedTimeline {
  static final Duration TICK = Duration.ofMillis(100);
  private static final long TICK_NANOS = TICK.toNanos();

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private final Consumer<Instant> onTick;
  private @Nullable Instant now;
  private Instant nextTick = Instant.MIN;
  private long scheduled;

  FeedTimeline(Consumer<Instant> onTick) {
    this.onTick = onTick;
  }

  /** Feed time, null before the first input. */
  @Nullable Instant now() {
    return now;
  }

  /** Feed time of an input that has one. */
  Instant current() {
    if (now == null) {
      throw new IllegalStateException("there is no feed time before the first input");
    }
    return now;
  }

  /** Runs {@code work} when feed time reaches {@code at}; a moment that has passed is the next one. */
  void schedule(Instant at, Runnable work) {
    due.add(new Due(at, scheduled++, work));
  }

  /** Moves feed time to {@code to}, or leaves it where it is if {@code to} is not later. */
  void advance(Instant to) {
    if (now == null) {
      now = to;
      nextTick = gridAfter(to);
      return;
    }
    while (true) {
      Due next = due.peek();
      boolean work = next != null && !next.at().isAfter(to);
      boolean tick = !nextTick.isAfter(to);
      if (work && next != null && (!tick || !next.at().isAfter(nextTick))) {
        due.remove();
        moveTo(next.at());
        next.work().run();
      } else if (tick) {
        moveTo(nextTick);
        nextTick = nextTick.plus(TICK);
        onTick.accept(current());
      } else {
        break;
      }
    }
    moveTo(to);
  }

  private void moveTo(Instant moment) {
    if (moment.isAfter(current())) {
      now = moment;
    }
  }

  private static Instant gridAfter(Instant moment) {
    long intoTick = Math.floorMod(moment.getNano(), TICK_NANOS);
    return moment.plusNanos(TICK_NANOS - intoTick);
  }

  private record Due(Instant at, long number, Runnable work) {}
}
