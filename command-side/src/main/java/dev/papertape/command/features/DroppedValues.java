package dev.papertape.command.features;

import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The newest sampled values that were computed and never written. What they were made of may be
 * lost with them, so that nothing in the store tells that they are missing: parity asks here.
 * Values over bars are missed by their bars. Thread-safe; bounded.
 */
public final class DroppedValues {
  /** An hour of nine books. */
  private static final int MOST = 131_072;

  private record Dropped(FeatureSeries series, Instant eventTime) {}

  private final Deque<Dropped> newest = new ArrayDeque<>();

  synchronized void add(FeatureValue value) {
    if (!value.series().isSampled()) {
      return;
    }
    if (newest.size() == MOST) {
      newest.removeFirst();
    }
    newest.addLast(new Dropped(value.series(), value.eventTime().truncatedTo(ChronoUnit.MICROS)));
  }

  /** Tells those of event times after {@code after} up to {@code to}, oldest first. */
  public void tell(Instant after, Instant to, BiConsumer<FeatureSeries, Instant> taker) {
    for (Dropped dropped : copy()) {
      if (dropped.eventTime.isAfter(after) && !dropped.eventTime.isAfter(to)) {
        taker.accept(dropped.series, dropped.eventTime);
      }
    }
  }

  private synchronized List<Dropped> copy() {
    return List.copyOf(newest);
  }
}
