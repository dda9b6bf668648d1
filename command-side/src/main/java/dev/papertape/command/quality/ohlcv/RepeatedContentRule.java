package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Duration;
import java.time.Instant;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Content that was there before under another time, as splices of time zones and frozen feeds make
 * it. One bar is enough where it is telling, two in a row at the same distance where it is not.
 * Remembers the last 4096 traded bars.
 */
final class RepeatedContentRule {
  private static final int REMEMBERED = 4096;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Long2LongHashMap times = new Long2LongHashMap(UNKNOWN);
  private final long[] ring = new long[REMEMBERED];
  private long seen;
  private long lastDistance;

  /** To be asked once for every bar, in order. */
  @Nullable Finding next(Bar bar) {
    if (!BarContent.isTraded(bar)) {
      return null;
    }
    long time = bar.openTime().toEpochMilli();
    long before = remember(BarContent.fingerprint(bar), time);
    long distance = before == UNKNOWN ? 0 : time - before;
    boolean repeated = distance != 0 && (distance == lastDistance || BarContent.isTelling(bar));
    lastDistance = distance;
    return repeated
        ? new Finding(
            QualityReason.REPEATED_CONTENT,
            "the content of %s again, %s away"
                .formatted(Instant.ofEpochMilli(before), Duration.ofMillis(distance)))
        : null;
  }

  /** The last time of the same content before. */
  private long remember(long fingerprint, long time) {
    long before = times.get(fingerprint);
    if (before == UNKNOWN) {
      int slot = (int) (seen % REMEMBERED);
      if (seen >= REMEMBERED) {
        times.remove(ring[slot]);
      }
      ring[slot] = fingerprint;
      seen++;
    }
    times.put(fingerprint, time);
    return before;
  }
}
