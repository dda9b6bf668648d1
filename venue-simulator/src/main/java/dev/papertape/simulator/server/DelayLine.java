package dev.papertape.simulator.server;

import dev.papertape.simulator.config.VenueLatency;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One venue's messages on their way out: each leaves its latency after it happened, never before
 * the one ahead of it. Holds at most latency times message rate; used by the pacing thread only.
 */
final class DelayLine {

  /** Takes what leaves; {@code newcomer} as in {@link VenueStreams#publish}. */
  @FunctionalInterface
  interface Receiver {
    void receive(String stream, String json, @Nullable StreamSession newcomer);
  }

  private record Underway(
      long leavesMillis, String stream, String json, @Nullable StreamSession newcomer) {}

  private final VenueLatency latency;
  private final RandomGenerator random;
  private final Deque<Underway> underway = new ArrayDeque<>();
  private long lastLeaves;

  DelayLine(VenueLatency latency, RandomGenerator random) {
    this.latency = latency;
    this.random = random;
  }

  void put(long eventMillis, String stream, String json) {
    put(eventMillis, stream, json, null);
  }

  void put(long eventMillis, String stream, String json, @Nullable StreamSession newcomer) {
    lastLeaves = Math.max(lastLeaves, eventMillis + drawMillis());
    underway.addLast(new Underway(lastLeaves, stream, json, newcomer));
  }

  /** Lets everything go that leaves at or before {@code nowMillis}. */
  void release(long nowMillis, Receiver receiver) {
    while (!underway.isEmpty() && underway.getFirst().leavesMillis() <= nowMillis) {
      Underway first = underway.removeFirst();
      receiver.receive(first.stream(), first.json(), first.newcomer());
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
