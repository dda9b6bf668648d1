package dev.papertape.command.market;

import java.math.BigDecimal;

/**
 * A decimal as the wire wrote it: {@code mantissa / 10^decimals}, trailing zeros stripped from the
 * mantissa but remembered, so that the wire's own text can be given back.
 *
 * @param decimals decimals of the mantissa, 0 to {@code wireDecimals}
 * @param wireDecimals decimals that the wire wrote, 0 to {@link #MAX_DECIMALS}
 */
public record WireDecimal(long mantissa, int decimals, int wireDecimals) {

  /** More decimals than this do not fit beside a mantissa of 63 bits in any sensible price. */
  public static final int MAX_DECIMALS = 15;

  /** Exact; throws {@link ArithmeticException} beyond 63 bits or {@link #MAX_DECIMALS} decimals. */
  public static WireDecimal of(String text) {
    BigDecimal value = new BigDecimal(text);
    if (value.scale() > MAX_DECIMALS) {
      throw new ArithmeticException("more than " + MAX_DECIMALS + " decimals: " + text);
    }
    int wire = Math.max(0, value.scale());
    BigDecimal stripped = value.stripTrailingZeros();
    int decimals = Math.max(0, stripped.scale());
    return new WireDecimal(
        stripped.setScale(decimals).unscaledValue().longValueExact(), decimals, wire);
  }

  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(mantissa, decimals).setScale(wireDecimals);
  }

  @Override
  public String toString() {
    return toBigDecimal().toPlainString();
  }
}
