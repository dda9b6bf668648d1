package dev.papertape.command.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feed time and its ticks. Time only moves forward, and stops on its way at every moment of its
 * grid, 100 ms unless it is told otherwise. An input is applied after the ticks at or before its
 * time, so where a tick stands between two frames follows from the frames alone
 * (docs/decisions/0002).
 */
final class FeedTimeline {
  static final Duration TICK = Duration.ofMillis(100);

  /** Longer than any silence that a tick notices. */
  private static final Duration EDGE = Duration.ofMinutes(1);

  private final Consumer<Instant> onTick;
  private final Duration tick;
  private @Nullable Instant now;
  private Instant nextTick = Instant.MIN;

  FeedTimeline(Consumer<Instant> onTick) {
    this(onTick, TICK);
  }

  /**
   * @param tick step of the grid, whole milliseconds; {@link #TICK} but for a market of candles, in
   *     which nothing happens between two bars
   */
  FeedTimeline(Consumer<Instant> onTick, Duration tick) {
    this.onTick = onTick;
    this.tick = tick;
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
      nextTick = nextTick.plus(tick);
      onTick.accept(current());
    }
    if (to.isAfter(current())) {
      now = to;
    }
  }

  /** The grid lies on the epoch; its step is whole milliseconds. */
  private Instant gridAfter(Instant moment) {
    long step = tick.toMillis();
    long millis = moment.toEpochMilli();
    return Instant.ofEpochMilli(millis - Math.floorMod(millis, step) + step);
  }
}
