package dev.papertape.command.guards;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts orders within the last second of feed time. Owned by the engine's thread. */
public final class OrderRate {
  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final Deque<Instant> passed = new ArrayDeque<>();

  /** Orders later than one second before {@code feedTime}; feed time never goes back. */
  public int inLastSecond(Instant feedTime) {
    Instant start = feedTime.minus(WINDOW);
    while (!passed.isEmpty() && !passed.getFirst().isAfter(start)) {
      passed.removeFirst();
    }
    return passed.size();
  }

  public void passed(Instant feedTime) {
    passed.addLast(feedTime);
  }
}
