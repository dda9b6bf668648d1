package dev.papertape.command.market.candlefile;

import dev.papertape.command.quality.ohlcv.SecondVenue;
import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A second venue's file as a witness over spans of any multiple of its interval: shorter bars are
 * folded, and a span of which one is missing has no bar.
 */
public final class SecondVenueFile {
  private final Map<Long, Bar> bars = new HashMap<>();
  private final long intervalMs;

  /** Only bars that can be enter. */
  public SecondVenueFile(CandleFile file) {
    BarInterval interval = file.interval();
    intervalMs = interval == null ? 0 : interval.length().toMillis();
    for (Bar bar : file.bars()) {
      if (isPossible(bar)) {
        bars.put(bar.openTime().toEpochMilli(), bar);
      }
    }
  }

  private static boolean isPossible(Bar bar) {
    return bar.low().signum() > 0
        && bar.low().compareTo(bar.open().min(bar.close())) <= 0
        && bar.high().compareTo(bar.open().max(bar.close())) >= 0;
  }

  /** The witness of bars of this length; null where they cannot be folded from the file's. */
  public @Nullable SecondVenue over(Duration interval) {
    long length = interval.toMillis();
    return intervalMs == 0 || length % intervalMs != 0
        ? null
        : openTime -> folded(openTime, Math.toIntExact(length / intervalMs));
  }

  private @Nullable Bar folded(Instant openTime, int count) {
    long start = openTime.toEpochMilli();
    Bar first = bars.get(start);
    if (first == null || count == 1) {
      return first;
    }
    BigDecimal high = first.high();
    BigDecimal low = first.low();
    BigDecimal volume = first.volume();
    Bar last = first;
    for (int i = 1; i < count; i++) {
      last = bars.get(start + i * intervalMs);
      if (last == null) {
        return null;
      }
      high = high.max(last.high());
      low = low.min(last.low());
      volume = volume.add(last.volume());
    }
    return new Bar(openTime, first.open(), high, low, last.close(), volume, null, null);
  }
}
