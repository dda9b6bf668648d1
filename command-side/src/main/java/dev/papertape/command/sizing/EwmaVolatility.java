package dev.papertape.command.sizing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Volatility of a symbol's common mid: squared returns of one second of feed time, exponentially
 * weighted with a half-life of five minutes, or of 24 samples where those are further apart
 * (RiskMetrics, with the weights made to add up to 1 from the first return on), annualised by 365
 * days. A return over more than a second counts by what it was a second. Unknown below five
 * returns. Owned by the engine's thread.
 */
public final class EwmaVolatility {
  private static final double HALF_LIFE_SECONDS = 300;
  private static final int HALF_LIFE_SAMPLES = 24;
  private static final int LEAST_RETURNS = 5;
  private static final double SECONDS_A_YEAR = Duration.ofDays(365).toSeconds();
  private static final double MS_PER_SECOND = 1e3;

  private final double halfLifeSeconds;
  private double weighted;
  private double weight;
  private double lastMid;
  private long returns;
  private @Nullable Instant lastAt;

  /**
   * @param interval between two mids as a rule
   */
  public EwmaVolatility(Duration interval) {
    this.halfLifeSeconds =
        Math.max(HALF_LIFE_SECONDS, HALF_LIFE_SAMPLES * (double) interval.toSeconds());
  }

  /** One mid; later than the one before. */
  public void observe(BigDecimal mid, Instant feedTime) {
    double now = mid.doubleValue();
    if (lastAt != null) {
      double seconds = Duration.between(lastAt, feedTime).toMillis() / MS_PER_SECOND;
      if (seconds <= 0) {
        return;
      }
      double step = now / lastMid - 1;
      double kept = StrictMath.pow(2, -seconds / halfLifeSeconds);
      weighted = kept * weighted + (1 - kept) * step * step / seconds;
      weight = kept * weight + (1 - kept);
      returns++;
    }
    lastMid = now;
    lastAt = feedTime;
  }

  /** Whether there were enough returns to say anything. */
  public boolean isKnown() {
    return returns >= LEAST_RETURNS;
  }

  /** Annualised, as a fraction; null while it is not known. */
  public @Nullable Double annualised() {
    return isKnown() ? (Double) Math.sqrt(weighted / weight * SECONDS_A_YEAR) : null;
  }
}
