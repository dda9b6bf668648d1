package dev.papertape.command.execution;

import dev.papertape.contracts.execution.FilledLevel;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a venue would have given an order: the levels within its limit, best first, each at the
 * policy's participation and less what paper orders had taken.
 *
 * @param levels up to the first that covers the most that could be asked for; empty when the book
 *     was not in order
 * @param takerFeeBps of notional
 */
record Offer(List<FilledLevel> levels, double takerFeeBps) {

  /** A quantity with what it cost. */
  record Priced(BigDecimal quantity, BigDecimal notional, BigDecimal fee) {

    /**
     * All-in price beside the mid: (side · (notional − quantity · mid) + fee) / (quantity · mid),
     * in bps; positive is worse than the mid.
     */
    double allInBps(int side, BigDecimal mid) {
      BigDecimal atMid = quantity.multiply(mid);
      BigDecimal price = notional.subtract(atMid).multiply(BigDecimal.valueOf(side));
      return price.add(fee).doubleValue() / atMid.doubleValue() * 1e4;
    }
  }

  /** The price of {@code quantity}, null where the levels do not cover it. */
  @Nullable Priced price(BigDecimal quantity) {
    BigDecimal left = quantity;
    BigDecimal notional = BigDecimal.ZERO;
    for (FilledLevel level : levels) {
      BigDecimal taken = level.quantity().min(left);
      notional = notional.add(level.price().multiply(taken));
      left = left.subtract(taken);
      if (left.signum() == 0) {
        return new Priced(quantity, notional, Notional.fee(notional, takerFeeBps));
      }
    }
    return null;
  }
}
