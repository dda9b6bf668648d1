package dev.papertape.command.execution;

import dev.papertape.contracts.execution.FilledLevel;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Exact money arithmetic of fills. Division rounds half even at {@value #DIVISION_DECIMALS}. */
final class Notional {
  /** Decimals of a quotient whose division does not end. */
  static final int DIVISION_DECIMALS = 12;

  private static final int BPS_DECIMALS = 4;

  private Notional() {}

  /** Quote units: the sum of price times quantity, exact. */
  static BigDecimal of(List<FilledLevel> levels) {
    BigDecimal sum = BigDecimal.ZERO;
    for (FilledLevel level : levels) {
      sum = sum.add(level.price().multiply(level.quantity()));
    }
    return tidy(sum);
  }

  /** Quote units: exact, for the decimal digits with which the fee in bps is written. */
  static BigDecimal fee(BigDecimal notional, double feeBps) {
    return tidy(notional.multiply(BigDecimal.valueOf(feeBps)).movePointLeft(BPS_DECIMALS));
  }

  static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
    return tidy(dividend.divide(divisor, DIVISION_DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** No trailing zeros, no exponent: equal money is written equally. */
  static BigDecimal tidy(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
