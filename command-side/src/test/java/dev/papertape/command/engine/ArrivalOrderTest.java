package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.VenueInput.OtherFrame;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/decisions/0002 promises: a live run is told by its frames' receive times alone. */
class ArrivalOrderTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00.030Z");

  private Instant now = START;

  /** What an engine does with its inputs: ticks, frames, and where orders from outside fell. */
  private static final class Run {
    private final List<String> seen = new ArrayList<>();
    private final FeedTimeline timeline = new FeedTimeline(at -> seen.add("tick " + at));
    private final List<MarketInput> recording = Collections.synchronizedList(new ArrayList<>());
    private final List<Mail> mail = new ArrayList<>();

    private void frame(MarketInput frame) {
      timeline.advance(frame.receivedAt());
      recording.add(frame);
      seen.add("frame " + frame.source() + "/" + frame.ordinal());
    }

    private void mail() {
      if (timeline.now() != null) {
        mail.add(new Mail(recording.size(), timeline.current()));
        seen.add("mail at " + timeline.current());
      }
    }

    private void time(Instant to) {
      if (timeline.now() != null) {
        timeline.advance(to);
      }
    }
  }

  /** As the log has it: the frame number at which it was consumed, and its feed time. */
  private record Mail(int frame, Instant feedTime) {}

  /**
   * Each step lets the clock run some milliseconds (back, too), then one thing happens: a frame of
   * one of three venues, the timer, or an order from outside.
   */
  @Property
  void framesMergedByReceiveTimeAreInTheirLiveOrderWithTheTicksBetweenThem(
      @ForAll @Size(max = 120) List<@IntRange(min = -40, max = 260) Integer> millis,
      @ForAll @Size(120) List<@IntRange(min = 0, max = 4) Integer> happenings)
      throws InterruptedException {
    now = START;
    Run live = new Run();
    ArrivalOrder order = new ArrivalOrder(() -> now, live::frame, live::time);
    for (int step = 0; step < millis.size(); step++) {
      now = now.plusMillis(millis.get(step));
      switch (happenings.get(step)) {
        case 3 -> order.pass();
        case 4 -> live.mail();
        default -> order.frame(frame(happenings.get(step), step, now));
      }
    }
    // Three files, one a venue, merged as RecordedFeed does.
    List<MarketInput> merged = new ArrayList<>(live.recording);
    merged.sort(Comparator.comparingInt(MarketInput::source));
    merged.sort(
        Comparator.comparing(MarketInput::receivedAt)
            .thenComparing(MarketInput::source)
            .thenComparing(MarketInput::ordinal));

    Run again = new Run();
    List<Mail> orders = new ArrayList<>(live.mail);
    for (MarketInput frame : merged) {
      deliver(orders, again);
      again.frame(frame);
    }
    deliver(orders, again);
    Instant end = live.timeline.now();
    if (end != null) {
      again.time(end);
    }
    assertThat(again.seen).isEqualTo(live.seen);
  }

  private static void deliver(List<Mail> orders, Run run) {
    while (!orders.isEmpty() && orders.getFirst().frame() == run.recording.size()) {
      run.time(orders.removeFirst().feedTime());
      run.mail();
    }
  }

  @Test
  @Timeout(60)
  void venuesAndTheTimerMayRace() throws Exception {
    List<Instant> queued = Collections.synchronizedList(new ArrayList<>());
    ArrivalOrder order =
        new ArrivalOrder(
            InstantSource.system(), frame -> queued.add(frame.receivedAt()), queued::add);
    int venues = 4;
    int frames = 2_000;
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(venues + 1)) {
      List<Future<?>> running = new ArrayList<>();
      for (int venue = 0; venue < venues; venue++) {
        int source = venue;
        running.add(
            threads.submit(
                () -> {
                  go.await();
                  for (int n = 0; n < frames; n++) {
                    order.frame(frame(source, n, START));
                  }
                  return null;
                }));
      }
      running.add(
          threads.submit(
              () -> {
                go.await();
                for (int n = 0; n < frames; n++) {
                  order.pass();
                }
                return null;
              }));
      go.countDown();
      for (Future<?> thread : running) {
        thread.get();
      }
    }
    assertThat(queued)
        .hasSizeGreaterThanOrEqualTo(venues * frames)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static MarketInput frame(int source, long ordinal, Instant receivedAt) {
    return new OtherFrame(new Arrival(EngineRig.VENUE, receivedAt, source, ordinal));
  }
}
