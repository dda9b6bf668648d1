package dev.papertape.command.router;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The standard deviation of a symbol's mid over one second, in bps: exponentially weighted squared
 * returns (RiskMetrics), each divided by its length in seconds, with a half-life of one minute of
 * feed time. Begins at 1 bps. Owned by the engine's thread.
 */
public final class VolatilityEstimate {
  private static final double HALF_LIFE_SECONDS = 60;
  private static final double INITIAL_VARIANCE = 1;
  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);
  private static final double BPS = 1e4;
  private static final double MS_PER_SECOND = 1e3;

  private double variance = INITIAL_VARIANCE;
  private double lastMid;
  private @Nullable Instant lastAt;

  /** Called at every tick; uses the first mid of at least one second after the last it used. */
  public void observe(@Nullable BigDecimal mid, Instant feedTime) {
    if (mid == null
        || (lastAt != null && Duration.between(lastAt, feedTime).compareTo(SHORTEST_STEP) < 0)) {
      return;
    }
    double now = mid.doubleValue();
    if (lastAt != null) {
      double seconds = Duration.between(lastAt, feedTime).toMillis() / MS_PER_SECOND;
      double returnBps = (now / lastMid - 1) * BPS;
      double kept = StrictMath.pow(2, -seconds / HALF_LIFE_SECONDS);
      variance = kept * variance + (1 - kept) * returnBps * returnBps / seconds;
    }
    lastMid = now;
    lastAt = feedTime;
  }

  public double oneSecondBps() {
    return Math.sqrt(variance);
  }
}
