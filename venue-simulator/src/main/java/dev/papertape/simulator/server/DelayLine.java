package dev.papertape.simulator.server;

import dev.papertape.simulator.config.VenueLatency;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * One venue's messages on their way out: each leaves its latency after it happened, never before
 * the one ahead of it. Holds at most latency times message rate; used by the pacing thread only.
 */
final class DelayLine {

  private record Underway(long leavesMillis, String stream, String json) {}

  private final VenueLatency latency;
  private final RandomGenerator random;
  private final Deque<Underway> underway = new ArrayDeque<>();
  private long lastLeaves;

  DelayLine(VenueLatency latency, RandomGenerator random) {
    this.latency = latency;
    this.random = random;
  }

  void put(long eventMillis, String stream, String json) {
    lastLeaves = Math.max(lastLeaves, eventMillis + drawMillis());
    underway.addLast(new Underway(lastLeaves, stream, json));
  }

  /** Lets everything go that leaves at or before {@code nowMillis}. */
  void release(long nowMillis, BiConsumer<String, String> receiver) {
    while (!underway.isEmpty() && underway.getFirst().leavesMillis() <= nowMillis) {
      Underway first = underway.removeFirst();
      receiver.accept(first.stream(), first.json());
    }
  }

  OptionalLong nextLeaves() {
    return underway.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(underway.getFirst().leavesMillis());
  }

  private int drawMillis() {
    return latency.baseMillis() + random.nextInt(latency.jitterMillis() + 1);
  }
}
