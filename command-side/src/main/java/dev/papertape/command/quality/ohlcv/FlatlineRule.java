package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A price that no longer moves: without trades for an hour (at least five bars; the Bitstamp outage
 * ledger suspects an outage from 60 minutes without volume on), or with trades for 60 bars. Bars
 * that the venue itself says it carried forward are exempt.
 */
final class FlatlineRule {
  private static final int WITH_TRADES = 60;
  private static final int WITHOUT_TRADES_LEAST = 5;
  private static final Duration WITHOUT_TRADES = Duration.ofHours(1);

  private final long withoutTrades;
  private @Nullable BigDecimal level;
  private int still;
  private int untraded;

  FlatlineRule(Duration interval) {
    long hour = Math.ceilDiv(WITHOUT_TRADES.toMillis(), interval.toMillis());
    withoutTrades = Math.max(WITHOUT_TRADES_LEAST, hour);
  }

  /** To be asked once for every bar, in order. */
  @Nullable Finding next(Bar bar) {
    if (bar.isCarriedForward()) {
      return null;
    }
    boolean flat = bar.high().compareTo(bar.low()) == 0;
    BigDecimal before = level;
    boolean same = flat && before != null && before.compareTo(bar.close()) == 0;
    level = flat ? bar.close() : null;
    still = same ? still + 1 : flat ? 1 : 0;
    untraded = flat && bar.volume().signum() == 0 ? (same ? untraded + 1 : 1) : 0;
    boolean dead = untraded >= withoutTrades || still >= WITH_TRADES;
    return dead
        ? new Finding(
            QualityReason.FLATLINE,
            "%d bars at %s, the last %d without a trade"
                .formatted(still, bar.close().toPlainString(), untraded))
        : null;
  }
}
