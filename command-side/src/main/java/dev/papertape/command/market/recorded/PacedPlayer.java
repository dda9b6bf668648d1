package dev.papertape.command.market.recorded;

import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.VenueInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Hands a recording's inputs on at its pace, from the calling thread. */
public final class PacedPlayer {
  /** How the player waits; {@code Thread::sleep} outside of tests. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  private final Pace pace;
  private final InstantSource clock;
  private final Pause pause;

  public PacedPlayer(Pace pace, InstantSource clock, Pause pause) {
    this.pace = pace;
    this.clock = clock;
    this.pause = pause;
  }

  /** Returns at the recording's end. */
  public void play(RecordedFeed feed, InputSink sink) throws InterruptedException {
    Instant started = clock.instant();
    @Nullable Instant first = null;
    while (feed.hasNext()) {
      VenueInput input = feed.next();
      if (first == null) {
        first = input.receivedAt();
      }
      if (pace.factor() != Pace.MAX.factor()) {
        Instant due = started.plus(pace.due(Duration.between(first, input.receivedAt())));
        Duration early = Duration.between(clock.instant(), due);
        if (early.isPositive()) {
          pause.pause(early);
        }
      }
      sink.accept(input);
    }
  }
}
