package dev.papertape.command.router;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How computed decimals are rounded and written: without trailing zeros, never with an exponent, so
 * that equal values are written equally.
 */
public final class Decimals {
  /** Decimals of a quotient whose division does not end. */
  private static final int DIVISION_DECIMALS = 12;

  private Decimals() {}

  /** Exact if the division ends within 12 decimals, else rounded half even. */
  public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
    return tidy(dividend.divide(divisor, DIVISION_DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** The same number without trailing zeros. */
  public static BigDecimal tidy(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
