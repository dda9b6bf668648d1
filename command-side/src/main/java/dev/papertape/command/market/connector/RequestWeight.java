package dev.papertape.command.market.connector;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a venue's REST calls within its weight: one minute of the calendar, counted per IP, told by
 * the header of each reply; a 429 or 418 closes the gate until its Retry-After. Thread-safe.
 */
final class RequestWeight {
  /** Other programs may share the IP, so the last tenth is theirs. */
  private static final double USABLE = 0.9;

  /** Binance's shortest ban; a reply without Retry-After is taken for as much. */
  private static final Duration USUAL_BAN = Duration.ofMinutes(2);

  private static final Duration LONGEST_BAN = Duration.ofDays(3);

  private long limit;
  private Instant minute = Instant.EPOCH;
  private long used;
  private Instant closedUntil = Instant.EPOCH;

  RequestWeight(long limit) {
    this.limit = limit;
  }

  /** Weight of {@code GET /api/v3/depth}. */
  static int ofDepth(int levels) {
    return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1000 ? 50 : 250;
  }

  synchronized void limit(long perMinute) {
    limit = perMinute;
  }

  /** Takes the weight and returns null, or says why the call must not be made now. */
  synchronized @Nullable String refuse(int weight, Instant now) {
    if (now.isBefore(closedUntil)) {
      return "rate limited until " + closedUntil;
    }
    startMinute(now);
    if (used + weight > limit * USABLE) {
      return "weight " + used + " of " + limit + " used in this minute";
    }
    used += weight;
    return null;
  }

  /** The venue's own count, from the header of a reply. */
  synchronized void observed(long usedWeight, Instant now) {
    startMinute(now);
    used = Math.max(used, usedWeight);
  }

  /** A 429 or 418 came; {@code retryAfterSeconds} as the header said, null without one. */
  synchronized void limited(@Nullable Long retryAfterSeconds, Instant now) {
    Duration wait =
        retryAfterSeconds == null || retryAfterSeconds < 0
            ? USUAL_BAN
            : Duration.ofSeconds(Math.min(retryAfterSeconds, LONGEST_BAN.toSeconds()));
    Instant until = now.plus(wait);
    if (until.isAfter(closedUntil)) {
      closedUntil = until;
    }
  }

  private void startMinute(Instant now) {
    Instant current = now.truncatedTo(ChronoUnit.MINUTES);
    if (!current.equals(minute)) {
      minute = current;
      used = 0;
    }
  }
}
