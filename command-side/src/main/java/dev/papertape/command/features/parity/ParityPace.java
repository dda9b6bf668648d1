package dev.papertape.command.features.parity;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureParity;
import java.time.Duration;
import java.util.List;

/**
 * When the next scheduled run is due. Counted from the begin of the engine's life: soon and often
 * until every feature over candles had something to compare, so that an early MATCH is not the
 * books' alone for a minute; then every minute. Not thread-safe.
 */
final class ParityPace {
  private static final long SOON = Duration.ofSeconds(10).toNanos();
  private static final long EVERY = Duration.ofSeconds(60).toNanos();

  /** Without candles there is nothing to wait for. */
  private static final int MOST_EARLY_RUNS = 10;

  private boolean isCounting;
  private long due;
  private int earlyRuns;

  /**
   * To be asked about once a second.
   *
   * @param isHolder whether the engine runs in this process
   * @param nanos of a clock that only counts, such as {@link System#nanoTime}
   */
  boolean isDue(boolean isHolder, long nanos) {
    if (!isHolder) {
      isCounting = false;
      return false;
    }
    if (!isCounting) {
      isCounting = true;
      earlyRuns = 0;
      due = nanos + SOON;
    }
    return nanos - due >= 0;
  }

  /** A run has ended. */
  void ran(List<FeatureParity> features, long nanos) {
    earlyRuns++;
    boolean isEarly = earlyRuns < MOST_EARLY_RUNS && !hasComparedBars(features);
    due = nanos + (isEarly ? SOON : EVERY);
    if (!isEarly) {
      earlyRuns = MOST_EARLY_RUNS;
    }
  }

  /** A run could not be made. */
  void failed(long nanos) {
    due = nanos + (earlyRuns < MOST_EARLY_RUNS ? SOON : EVERY);
    earlyRuns++;
  }

  private static boolean hasComparedBars(List<FeatureParity> features) {
    return features.stream()
        .filter(ParityPace::isOverBars)
        .allMatch(feature -> feature.compared() > 0);
  }

  private static boolean isOverBars(FeatureParity feature) {
    return BuiltInFeatures.find(feature.name())
        .filter(definition -> !definition.input().isSampled())
        .isPresent();
  }
}
