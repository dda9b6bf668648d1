package dev.papertape.command.execution;

import dev.papertape.command.router.Decimals;
import dev.papertape.contracts.execution.FilledLevel;
import java.math.BigDecimal;
import java.util.List;

/** What a fill costs, exact. */
final class Notional {
  private static final int BPS_DECIMALS = 4;

  private Notional() {}

  /** Quote units: the sum of price times quantity. */
  static BigDecimal of(List<FilledLevel> levels) {
    BigDecimal sum = BigDecimal.ZERO;
    for (FilledLevel level : levels) {
      sum = sum.add(level.price().multiply(level.quantity()));
    }
    return Decimals.tidy(sum);
  }

  /** Base units: the sum of the levels' quantities. */
  static BigDecimal quantity(List<FilledLevel> levels) {
    BigDecimal sum = BigDecimal.ZERO;
    for (FilledLevel level : levels) {
      sum = sum.add(level.quantity());
    }
    return sum;
  }

  /** Quote units: exact, for the decimal digits with which the fee in bps is written. */
  static BigDecimal fee(BigDecimal notional, double feeBps) {
    return Decimals.tidy(notional.multiply(BigDecimal.valueOf(feeBps)).movePointLeft(BPS_DECIMALS));
  }
}
