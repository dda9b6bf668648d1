package dev.papertape.query.report;

import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The price of a fill beside a mid or a quote, by the definitions of SEC Rule 605 and of decision
 * 0023: each term in bps of the common mid at the decision, multiplied by the fill's notional.
 */
final class VenueFills {
  /** Decimals to which a term is rounded, once, half even. */
  static final int DECIMALS = 12;

  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  private VenueFills() {}

  /** Exact Σ price · quantity. */
  static BigDecimal notional(OrderFilled fill) {
    BigDecimal sum = BigDecimal.ZERO;
    List<FilledLevel> levels = fill.levels();
    for (FilledLevel level : levels) {
      sum = sum.add(level.price().multiply(level.quantity()));
    }
    return sum;
  }

  /** side · (price − beside) / mid in bps, times notional. */
  static BigDecimal term(
      Side side, BigDecimal price, BigDecimal beside, BigDecimal mid, BigDecimal notional) {
    return price
        .subtract(beside)
        .multiply(BigDecimal.valueOf(side.sign()))
        .multiply(BPS)
        .multiply(notional)
        .divide(mid, DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** side · (price − mid) / mid in bps. */
  static double slippageBps(Side side, BigDecimal price, BigDecimal mid) {
    return side.sign() * (price.subtract(mid).doubleValue() / mid.doubleValue()) * 1e4;
  }

  /** Whether something can be measured against it. */
  static boolean measures(@Nullable BigDecimal mid) {
    return mid != null && mid.signum() > 0;
  }

  /**
   * A fill whose marks are still to come.
   *
   * @param mid common mid at its decision
   */
  record Unmarked(String venue, Side side, BigDecimal price, BigDecimal notional, BigDecimal mid) {}
}
