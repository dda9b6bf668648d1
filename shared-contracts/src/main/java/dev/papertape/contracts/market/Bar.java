package dev.papertape.contracts.market;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one interval traded, as its source says it: nothing is checked here, a bar may be broken in
 * any way that its source can break it.
 *
 * @param openTime start of the interval
 * @param open price in the quote asset, as high, low and close are
 * @param volume in the base asset
 * @param vwap volume-weighted mean price, 0 where the source has no trade in it; null where it has
 *     no such field
 * @param trades number of trades; null where the source has no such field
 */
public record Bar(
    Instant openTime,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    @Nullable BigDecimal vwap,
    @Nullable Long trades) {

  /** A minute that nobody traded in, carried forward by its source (Kraken's REST does). */
  @JsonIgnore
  public boolean isCarriedForward() {
    return trades != null && trades == 0;
  }

  /** The same prices and volume, whatever their trailing zeros; not every source tells the rest. */
  public boolean hasFiguresOf(Bar other) {
    return open.compareTo(other.open) == 0
        && high.compareTo(other.high) == 0
        && low.compareTo(other.low) == 0
        && close.compareTo(other.close) == 0
        && volume.compareTo(other.volume) == 0;
  }
}
