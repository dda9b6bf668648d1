package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hampel's identifier on the logarithm of the volume over the trailing 120 traded bars, upwards
 * only. The floor of the MAD lets a volume be 376 times the median before it counts: crypto volumes
 * vary that much, mistaken units and doubled feeds vary more.
 */
final class VolumeSpikeRule {
  private static final int WINDOW = 120;
  private static final int SETTLED = 20;
  private static final double LIMIT = 8;
  private static final double UNIT_FLOOR = 1.4826 * 0.5;

  private final TrailingSample logVolumes = new TrailingSample(WINDOW);

  @Nullable Finding check(Bar bar) {
    if (bar.volume().signum() <= 0 || logVolumes.size() < SETTLED) {
      return null;
    }
    double median = logVolumes.median();
    double unit = Math.max(UNIT_FLOOR, 1.4826 * logVolumes.medianDistanceFrom(median));
    double score = (log(bar) - median) / unit;
    return score <= LIMIT
        ? null
        : new Finding(
            QualityReason.VOLUME_SPIKE,
            String.format(
                Locale.ROOT,
                "volume %s, usual %.6g: %.1f scores",
                bar.volume().toPlainString(),
                StrictMath.exp(median),
                score));
  }

  void accept(Bar bar) {
    if (bar.volume().signum() > 0) {
      logVolumes.add(log(bar));
    }
  }

  private static double log(Bar bar) {
    return StrictMath.log(bar.volume().doubleValue());
  }
}
