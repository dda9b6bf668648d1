package dev.papertape.contracts.budget;

import java.time.Duration;

/**
 * How much may be used in one window.
 *
 * @param periodMs length of the window, 1 to {@link #LONGEST_PERIOD_MS}
 * @param limit calls, weight, orders or micro-units of money; 0 to {@link #MOST}
 */
public record Quota(QuotaKind kind, long periodMs, Alignment alignment, long limit) {
  /** So that sums over every reservation that may be open stay far from overflow. */
  public static final long MOST = 1_000_000_000_000_000L;

  public static final long LONGEST_PERIOD_MS = Duration.ofDays(31).toMillis();

  /** A rolling window forgets in steps of a 64th of its period, always late, never early. */
  private static final int STEPS = 64;

  public Quota {
    if (periodMs < 1 || periodMs > LONGEST_PERIOD_MS) {
      throw new IllegalArgumentException("a window of " + periodMs + " ms");
    }
    if (limit < 0 || limit > MOST) {
      throw new IllegalArgumentException("a limit of " + limit);
    }
  }

  /** Whether both count the same in the same windows, whatever their limits are. */
  public boolean countsAs(Quota other) {
    return kind == other.kind && periodMs == other.periodMs && alignment == other.alignment;
  }

  long stepMs() {
    return switch (alignment) {
      case CALENDAR -> periodMs;
      case ROLLING -> Math.max(1, Math.ceilDiv(periodMs, STEPS));
    };
  }

  /** Beginning of the step that a moment lies in, ms since the epoch. */
  long step(long millis) {
    return Math.floorDiv(millis, stepMs()) * stepMs();
  }

  /** When what was booked in this step leaves the window. */
  long forgottenAt(long step) {
    return switch (alignment) {
      case CALENDAR -> step + periodMs;
      case ROLLING -> step + stepMs() + periodMs;
    };
  }
}
