package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTimelineTest {
  private static final Instant START = Instant.parse("2024-08-08T23:54:15.030Z");

  private final List<String> seen = new ArrayList<>();
  private final FeedTimeline timeline = new FeedTimeline(at -> seen.add("tick " + at));

  @Test
  void ticksStandOnTheGridOfFeedTime() {
    timeline.advance(START);
    timeline.advance(START.plusMillis(250));

    assertThat(seen)
        .containsExactly("tick 2024-08-08T23:54:15.100Z", "tick 2024-08-08T23:54:15.200Z");
    assertThat(timeline.now()).isEqualTo(START.plusMillis(250));
  }

  @Test
  void anInputOnTheGridComesAfterItsTick() {
    timeline.advance(START);
    timeline.advance(Instant.parse("2024-08-08T23:54:15.100Z"));

    assertThat(seen).containsExactly("tick 2024-08-08T23:54:15.100Z");
  }

  @Test
  void whatIsDueRunsAtItsOwnTimeBetweenTheTicks() {
    timeline.advance(START);
    timeline.schedule(START.plusMillis(120), () -> seen.add("b " + timeline.now()));
    timeline.schedule(START.plusMillis(10), () -> seen.add("a " + timeline.now()));
    timeline.schedule(START.plusMillis(120), () -> seen.add("c " + timeline.now()));

    timeline.advance(START.plusMillis(125));

    assertThat(seen)
        .containsExactly(
            "a 2024-08-08T23:54:15.040Z",
            "tick 2024-08-08T23:54:15.100Z",
            "b 2024-08-08T23:54:15.150Z",
            "c 2024-08-08T23:54:15.150Z");
  }

  @Test
  void workThatSchedulesWorkWithinTheSameStepIsNotLost() {
    timeline.advance(START);
    timeline.schedule(
        START.plusMillis(10),
        () -> timeline.schedule(START.plusMillis(20), () -> seen.add("second")));

    timeline.advance(START.plusMillis(30));

    assertThat(seen).containsExactly("second");
  }

  @Test
  void timeNeverRunsBackwards() {
    timeline.advance(START);
    timeline.advance(START.minusSeconds(5));

    assertThat(timeline.now()).isEqualTo(START);
  }

  @Test
  void theSameMomentsInDifferentStepsGiveTheSameTicks() {
    timeline.advance(START);
    timeline.advance(START.plusMillis(500));
    List<String> inOneStep = List.copyOf(seen);
    seen.clear();
    FeedTimeline steps = new FeedTimeline(at -> seen.add("tick " + at));
    for (int ms = 0; ms <= 500; ms += 7) {
      steps.advance(START.plusMillis(ms));
    }
    steps.advance(START.plusMillis(500));

    assertThat(seen).isEqualTo(inOneStep);
  }
}
