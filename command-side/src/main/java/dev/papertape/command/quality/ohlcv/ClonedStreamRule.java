package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is another venue's: 20 telling bars in a row with exactly its prices and volume.
 * Arbitrage keeps venues close, never equal to the last digit of the volume.
 */
final class ClonedStreamRule {
  private static final int RUN = 20;

  private int run;

  /** To be asked once for every bar, in order. */
  @Nullable Finding next(Bar bar, @Nullable Bar other) {
    if (other != null && BarContent.isTelling(bar)) {
      run = bar.hasFiguresOf(other) ? run + 1 : 0;
    }
    return run >= RUN && other != null && bar.hasFiguresOf(other)
        ? new Finding(
            QualityReason.CLONED_STREAM, "%d bars in a row equal the second venue's".formatted(run))
        : null;
  }
}
