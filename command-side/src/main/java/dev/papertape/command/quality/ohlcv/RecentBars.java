package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import java.time.Duration;
import java.time.Instant;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The last bars of a stream by open time: a day and an hour of minutes. */
final class RecentBars {
  private static final int REMEMBERED = 1500;
  private static final int NEIGHBOURHOOD = 10;

  /** What was received for an interval last, and whether it is used. */
  record Known(Bar bar, boolean used) {}

  private final Long2ObjectHashMap<Known> byTime = new Long2ObjectHashMap<>();
  private final long[] ring = new long[REMEMBERED];
  private final long step;
  private long seen;
  private long latest = Long.MIN_VALUE / 2;

  RecentBars(Duration interval) {
    step = interval.toMillis();
  }

  @Nullable Known at(Instant openTime) {
    return byTime.get(openTime.toEpochMilli());
  }

  void put(Bar bar, boolean used) {
    long time = bar.openTime().toEpochMilli();
    latest = Math.max(latest, time);
    if (byTime.put(time, new Known(bar, used)) == null) {
      int slot = (int) (seen % REMEMBERED);
      if (seen >= REMEMBERED) {
        byTime.remove(ring[slot]);
      }
      ring[slot] = time;
      seen++;
    }
  }

  /** Whether the time lies before everything that is remembered, and more. */
  boolean isForgotten(Instant openTime) {
    return openTime.toEpochMilli() < latest - REMEMBERED * step;
  }

  /** The nearest used bar up to ten intervals earlier. */
  @Nullable Bar usedBefore(Instant openTime) {
    long time = openTime.toEpochMilli();
    for (int back = 1; back <= NEIGHBOURHOOD; back++) {
      Known known = byTime.get(time - back * step);
      if (known != null && known.used()) {
        return known.bar();
      }
    }
    return null;
  }
}
