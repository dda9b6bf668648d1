package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;

/** What a bar says apart from its time, and how much that is. */
final class BarContent {
  private static final int TELLING_PRICES = 3;
  private static final int TELLING_DIGITS = 3;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private BarContent() {}

  /** Equal numbers give equal fingerprints, whatever their trailing zeros. */
  static long fingerprint(Bar bar) {
    long hash = prices(bar);
    return mix(hash, bar.volume());
  }

  /** The same of the four prices alone. */
  static long prices(Bar bar) {
    long hash = mix(1, bar.open());
    hash = mix(hash, bar.high());
    hash = mix(hash, bar.low());
    return mix(hash, bar.close());
  }

  private static long mix(long hash, BigDecimal value) {
    long mixed = (hash ^ Double.doubleToLongBits(value.doubleValue())) * MIX;
    return mixed ^ (mixed >>> 32);
  }

  /** Whether something was traded, and not all at one price. */
  static boolean isTraded(Bar bar) {
    return bar.volume().signum() > 0 && bar.high().compareTo(bar.low()) > 0;
  }

  /**
   * Whether two such bars being equal cannot be chance: three different prices and a volume of
   * three digits. A bar of 0.21 traded at two neighbouring prices does come twice in a day.
   */
  static boolean isTelling(Bar bar) {
    int prices = 2;
    prices += isInside(bar.open(), bar) ? 1 : 0;
    prices += isInside(bar.close(), bar) && bar.close().compareTo(bar.open()) != 0 ? 1 : 0;
    return isTraded(bar)
        && prices >= TELLING_PRICES
        && bar.volume().stripTrailingZeros().precision() >= TELLING_DIGITS;
  }

  private static boolean isInside(BigDecimal level, Bar bar) {
    return level.compareTo(bar.low()) > 0 && level.compareTo(bar.high()) < 0;
  }
}
