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

  /** Ten ticks a second: 600 in the first minute, 600 in the last, none in the day between. */
  @Test
  void Bug_4_longGapHasTicksAtItsEdgesOnly() {
    timeline.advance(Instant.parse("2024-08-08T00:00:00Z"));
    timeline.advance(Instant.parse("2024-08-09T00:00:00Z"));

    assertThat(seen).hasSize(1_200);
    assertThat(seen.get(599)).isEqualTo("tick 2024-08-08T00:01:00Z");
    assertThat(seen.get(600)).isEqualTo("tick 2024-08-08T23:59:00.100Z");
    assertThat(seen.getLast()).isEqualTo("tick 2024-08-09T00:00:00Z");
  }

  @Test
  void gapOfTwoMinutesHasAllItsTicks() {
    timeline.advance(Instant.parse("2024-08-08T00:00:00Z"));
    timeline.advance(Instant.parse("2024-08-08T00:02:00Z"));

    assertThat(seen).hasSize(1_200);
  }
}
