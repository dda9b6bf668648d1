package dev.papertape.contracts.report;

import dev.papertape.contracts.execution.Side;
import java.math.BigDecimal;

/**
 * What an order cost beside the paper portfolio that trades at the decision's mid (Perold 1988,
 * split after Wagner): quote units, exact, positive when it cost. Split however it is, the total is
 * side · (Σ q·p − Q_f·P_d) + side · (Q − Q_f) · (P_n − P_d) + fees. Orders add up.
 *
 * @param delay side · Q_f · (P_0 − P_d)
 * @param trading side · (Σ q·p − Q_f · P_0)
 * @param opportunity side · (Q − Q_f) · (P_n − P_d)
 * @param fees negative is a rebate
 */
public record ImplementationShortfall(
    BigDecimal delay, BigDecimal trading, BigDecimal opportunity, BigDecimal fees) {
  public static final ImplementationShortfall NONE =
      new ImplementationShortfall(
          BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /**
   * @param ordered Q, base units
   * @param filled Q_f, base units
   * @param paid Σ quantity · price of the fills, quote units
   * @param decision P_d: common mid at the decision
   * @param arrival P_0: when the first leg reached its venue
   * @param terminal P_n: when the order was over
   */
  public static ImplementationShortfall of(
      Side side,
      BigDecimal ordered,
      BigDecimal filled,
      BigDecimal paid,
      BigDecimal fees,
      BigDecimal decision,
      BigDecimal arrival,
      BigDecimal terminal) {
    BigDecimal sign = BigDecimal.valueOf(side.sign());
    return new ImplementationShortfall(
        sign.multiply(filled).multiply(arrival.subtract(decision)),
        sign.multiply(paid.subtract(filled.multiply(arrival))),
        sign.multiply(ordered.subtract(filled)).multiply(terminal.subtract(decision)),
        fees);
  }

  public BigDecimal total() {
    return delay.add(trading).add(opportunity).add(fees);
  }

  public ImplementationShortfall plus(ImplementationShortfall other) {
    return new ImplementationShortfall(
        delay.add(other.delay),
        trading.add(other.trading),
        opportunity.add(other.opportunity),
        fees.add(other.fees));
  }
}
