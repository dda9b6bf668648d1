package dev.papertape.command.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feed time and its ticks. Time only moves forward, and stops on its way at every moment of the 100
 * ms grid. An input is applied after the ticks at or before its time, so where a tick stands
 * between two frames follows from the frames alone (docs/decisions/0002).
 */
final class FeedTimeline {
  static final Duration TICK = Duration.ofMillis(100);
  private static final long TICK_NANOS = TICK.toNanos();

  /** Longer than any silence that a tick notices. */
  private static final Duration EDGE = Duration.ofMinutes(1);

  private final Consumer<Instant> onTick;
  private @Nullable Instant now;
  private Instant nextTick = Instant.MIN;

  FeedTimeline(Consumer<Instant> onTick) {
    this.onTick = onTick;
  }

  /** Feed time, null before the first input. */
  @Nullable Instant now() {
    return now;
  }

  /** Feed time; there must have been an input. */
  Instant current() {
    if (now == null) {
      throw new IllegalStateException("there is no feed time before the first input");
    }
    return now;
  }

  /**
   * Moves feed time to {@code to}, or leaves it where it is if {@code to} is not later. Of a gap in
   * a recording only the first and the last minute have ticks: in between nothing is left to fall
   * silent.
   */
  void advance(Instant to) {
    if (now == null) {
      now = to;
      nextTick = gridAfter(to);
      return;
    }
    Instant quietFrom = current().plus(EDGE);
    Instant quietTo = to.minus(EDGE);
    while (!nextTick.isAfter(to)) {
      if (nextTick.isAfter(quietFrom) && nextTick.isBefore(quietTo)) {
        nextTick = gridAfter(quietTo);
      }
      now = nextTick;
      nextTick = nextTick.plus(TICK);
      onTick.accept(current());
    }
    if (to.isAfter(current())) {
      now = to;
    }
  }

  private static Instant gridAfter(Instant moment) {
    long intoTick = Math.floorMod(moment.getNano(), TICK_NANOS);
    return moment.plusNanos(TICK_NANOS - intoTick);
  }
}
