package dev.papertape.command.quality;

import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the offset between a venue's clock and ours with the stream's own usual one: a whole
 * capture may be 1.27 s off and still be sound. Only ever flags.
 */
public final class ClockGuard {
  private static final long NANOS = 1_000_000_000L;

  private final QualityPolicy policy;
  private final long limitNanos;
  private final SlidingMedian usual;

  public ClockGuard(QualityPolicy policy) {
    this.policy = policy;
    this.limitNanos = policy.clockSkew().toNanos();
    this.usual = new SlidingMedian(policy.window());
  }

  public @Nullable Finding judge(Instant exchangeTime, Instant receivedAt) {
    if (!policy.guards()) {
      return null;
    }
    long offset =
        (receivedAt.getEpochSecond() - exchangeTime.getEpochSecond()) * NANOS
            + receivedAt.getNano()
            - exchangeTime.getNano();
    Finding found = null;
    if (usual.size() >= policy.leastSamples()
        && (offset - usual.atLeast() > limitNanos || usual.atMost() - offset > limitNanos)
        && Math.abs(offset - usual.median()) > limitNanos) {
      found =
          new Finding(
              Outcome.FLAG,
              QualityReason.CLOCK_SKEW,
              "%d ms behind the venue's clock where %d ms is usual"
                  .formatted(offset / 1_000_000, usual.median() / 1_000_000),
              Map.of());
    }
    usual.add(offset);
    return found;
  }
}
