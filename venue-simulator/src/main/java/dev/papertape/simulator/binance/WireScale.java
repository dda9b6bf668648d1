package dev.papertape.simulator.binance;

import dev.papertape.simulator.config.Listing;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Ticks and lots as Binance's decimal strings: always eight decimals, no exponent. Prices and
 * quantities are exact; quote amounts are rounded half up where their product has more decimals.
 */
final class WireScale {

  private static final int DECIMALS = 8;
  private static final long ONE = 100_000_000L;

  private final long tickE8;
  private final long lotE8;
  private final BigDecimal quoteUnit;

  WireScale(Listing listing) {
    this.tickE8 = e8(listing.tickSize());
    this.lotE8 = e8(listing.lotSize());
    this.quoteUnit = listing.tickSize().multiply(listing.lotSize());
  }

  StringBuilder price(StringBuilder out, long ticks) {
    return decimal(out, Math.multiplyExact(ticks, tickE8));
  }

  StringBuilder quantity(StringBuilder out, long lots) {
    return decimal(out, Math.multiplyExact(lots, lotE8));
  }

  /** {@code tickLots}: a sum of products of ticks and lots. */
  StringBuilder quoteAmount(StringBuilder out, long tickLots) {
    BigDecimal amount = quoteUnit.multiply(BigDecimal.valueOf(tickLots));
    return out.append(amount.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString());
  }

  static String decimal(BigDecimal value) {
    return decimal(new StringBuilder(20), e8(value)).toString();
  }

  private static long e8(BigDecimal value) {
    return value.movePointRight(DECIMALS).longValueExact();
  }

  private static StringBuilder decimal(StringBuilder out, long valueE8) {
    out.append(valueE8 / ONE).append('.');
    long fraction = valueE8 % ONE;
    for (long digit = ONE / 10; digit > 0; digit /= 10) {
      out.append((char) ('0' + fraction / digit % 10));
    }
    return out;
  }
}
