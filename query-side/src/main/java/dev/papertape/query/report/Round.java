package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Closed trades of one alpha in one symbol: a trade is over when the sub-position is back at zero
 * or has changed its sign, looked at once a feed second, so that the order of fills within one does
 * not matter. A second in which all that was opened was closed again is a trade too.
 *
 * @param second of the newest fill or crossing
 * @param quantity signed base units when that second began
 * @param flow quote units of the trade that was open then, after fees
 * @param bought base units within the second
 * @param paid quote units for them
 * @param sold base units within the second
 * @param received quote units for them
 * @param fees quote units within the second
 * @param trades closed before the second
 * @param wins those with a profit
 */
record Round(
    long second,
    BigDecimal quantity,
    BigDecimal flow,
    BigDecimal bought,
    BigDecimal paid,
    BigDecimal sold,
    BigDecimal received,
    BigDecimal fees,
    long trades,
    long wins) {
  static final Round NONE = of(Long.MIN_VALUE >> 11, ZERO, ZERO, 0, 0);

  private static Round of(
      long second, BigDecimal quantity, BigDecimal flow, long trades, long wins) {
    return new Round(second, quantity, flow, ZERO, ZERO, ZERO, ZERO, ZERO, trades, wins);
  }

  /** After another quantity in {@code second}; which one comes first within it does not matter. */
  Round trade(long inSecond, BigDecimal signed, BigDecimal price, BigDecimal fee) {
    Round from = inSecond == second ? this : settled().at(inSecond);
    BigDecimal amount = signed.abs().multiply(price);
    boolean buys = signed.signum() > 0;
    return new Round(
        from.second,
        from.quantity,
        from.flow,
        buys ? from.bought.add(signed) : from.bought,
        buys ? from.paid.add(amount) : from.paid,
        buys ? from.sold : from.sold.subtract(signed),
        buys ? from.received : from.received.add(amount),
        from.fees.add(fee),
        from.trades,
        from.wins);
  }

  /** The account began anew: what was open is gone without having been closed. */
  Round abandoned() {
    Round settled = settled();
    return of(second, ZERO, ZERO, settled.trades, settled.wins);
  }

  private Round at(long newSecond) {
    return of(newSecond, quantity, flow, trades, wins);
  }

  /** As it stands when its second is over. */
  Round settled() {
    if (bought.signum() == 0 && sold.signum() == 0) {
      return this;
    }
    BigDecimal after = quantity.add(bought).subtract(sold);
    BigDecimal all = flow.add(received).subtract(paid).subtract(fees);
    if (after.signum() == 0) {
      return closed(after, ZERO, all);
    }
    if (after.signum() * quantity.signum() < 0) {
      BigDecimal opening = opening(after);
      return closed(after, opening, all.subtract(opening));
    }
    return of(second, after, all, trades, wins);
  }

  /**
   * Flow of what stays open after the sign changed: at that side's mean price, fees in proportion.
   */
  private BigDecimal opening(BigDecimal after) {
    boolean isLong = after.signum() > 0;
    BigDecimal price =
        (isLong ? paid : received).divide(isLong ? bought : sold, MathContext.DECIMAL64);
    BigDecimal share = after.abs().divide(bought.add(sold), MathContext.DECIMAL64);
    return after.multiply(price).negate().subtract(fees.multiply(share));
  }

  private Round closed(BigDecimal after, BigDecimal newFlow, BigDecimal pnl) {
    return of(second, after, newFlow, trades + 1, wins + (pnl.signum() > 0 ? 1 : 0));
  }
}
