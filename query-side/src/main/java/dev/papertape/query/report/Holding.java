package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A quantity and what was paid for it, exact.
 *
 * @param quantity signed base units
 * @param flow quote units received less those paid, after costs
 */
record Holding(BigDecimal quantity, BigDecimal flow) {
  static final Holding NONE = new Holding(ZERO, ZERO);

  /** After another {@code quantity} was bought (sold, if negative) at {@code price}. */
  Holding trade(BigDecimal bought, BigDecimal price, BigDecimal cost) {
    return new Holding(quantity.add(bought), flow.subtract(bought.multiply(price)).subtract(cost));
  }

  /** After trading at {@code price} until it holds {@code target}. */
  Holding moveTo(BigDecimal target, BigDecimal price, BigDecimal cost) {
    return trade(target.subtract(quantity), price, cost);
  }

  /** {@code flow + quantity · mark}; without a mark only what has no open quantity is known. */
  BigDecimal value(@Nullable BigDecimal mark) {
    if (quantity.signum() == 0) {
      return flow;
    }
    return mark == null ? ZERO : flow.add(quantity.multiply(mark));
  }
}
