package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One alpha in one symbol: running totals since the log began, and what is open now. Three books
 * side by side: what it really did, and its leave-one-out and Shapley parts of the coalitions'
 * books. Both parts are linear in the coalitions' positions and costs, so each is itself a book: a
 * quantity that is valued at the mark, and a flow.
 *
 * @param weight with which it was combined at the newest rebalance, null before one
 * @param earlier of the three books, of accounts before this one
 * @param held really; its flow before fees
 * @param accountFees of this account
 * @param fees of all accounts
 * @param turnover Σ |fill notional|, of all accounts
 * @param leaveOneOut this account's
 * @param shapley this account's
 * @param shapleyErrorUnits standard error of {@code shapley.quantity}; 0 where it is exact
 * @param shapleyError upper bound of the standard error of all its Shapley parts in quote units, as
 *     though errors never cancelled out; 0 where all are exact
 */
record Cell(
    @Nullable Double weight,
    Earlier earlier,
    Holding held,
    BigDecimal accountFees,
    BigDecimal fees,
    BigDecimal turnover,
    Round round,
    Holding leaveOneOut,
    Holding shapley,
    double shapleyErrorUnits,
    double shapleyError) {
  static final Cell NONE =
      new Cell(
          null,
          new Earlier(ZERO, ZERO, ZERO),
          Holding.NONE,
          ZERO,
          ZERO,
          ZERO,
          Round.NONE,
          Holding.NONE,
          Holding.NONE,
          0,
          0);

  /** Profit of closed accounts. */
  record Earlier(BigDecimal pnl, BigDecimal leaveOneOut, BigDecimal shapley) {}

  /**
   * @param bought signed base units
   */
  Cell filled(long second, BigDecimal bought, BigDecimal price, BigDecimal fee) {
    BigDecimal notional = bought.abs().multiply(price);
    return new Cell(
        weight,
        earlier,
        held.trade(bought, price, ZERO),
        accountFees.add(fee),
        fees.add(fee),
        turnover.add(notional),
        round.trade(second, bought, price, fee),
        leaveOneOut,
        shapley,
        shapleyErrorUnits,
        shapleyError);
  }

  /** Met another alpha's opposite wish at the mid, without cost; no turnover of the portfolio. */
  Cell crossed(long second, BigDecimal bought, BigDecimal mid) {
    return new Cell(
        weight,
        earlier,
        held.trade(bought, mid, ZERO),
        accountFees,
        fees,
        turnover,
        round.trade(second, bought, mid, ZERO),
        leaveOneOut,
        shapley,
        shapleyErrorUnits,
        shapleyError);
  }

  /** The weight of a rebalance; its signal may have been none. */
  Cell weighed(double newWeight) {
    return new Cell(
        newWeight,
        earlier,
        held,
        accountFees,
        fees,
        turnover,
        round,
        leaveOneOut,
        shapley,
        shapleyErrorUnits,
        shapleyError);
  }

  /** Its parts of the coalitions' books after a rebalance. */
  Cell rebalanced(CoalitionStep.OfPlayer step, BigDecimal mid) {
    return new Cell(
        weight,
        earlier,
        held,
        accountFees,
        fees,
        turnover,
        round,
        leaveOneOut.moveTo(step.leaveOneOut().quantity(), mid, step.leaveOneOut().cost()),
        shapley.moveTo(step.shapley().quantity(), mid, step.shapley().cost()),
        step.quantityError(),
        shapleyError + step.costError());
  }

  /** The symbol's mark moved by so much. */
  Cell moved(double distance) {
    if (shapleyErrorUnits == 0) {
      return this;
    }
    return new Cell(
        weight,
        earlier,
        held,
        accountFees,
        fees,
        turnover,
        round,
        leaveOneOut,
        shapley,
        shapleyErrorUnits,
        shapleyError + Math.abs(distance) * shapleyErrorUnits);
  }

  /** A new account: what this one came to is kept, what is open is gone. */
  Cell reset(@Nullable BigDecimal mark) {
    return new Cell(
        weight,
        new Earlier(pnl(mark), leaveOneOut(mark), shapley(mark)),
        Holding.NONE,
        ZERO,
        fees,
        turnover,
        round.abandoned(),
        Holding.NONE,
        Holding.NONE,
        0,
        shapleyError);
  }

  BigDecimal pnl(@Nullable BigDecimal mark) {
    return earlier.pnl.add(held.value(mark)).subtract(accountFees);
  }

  BigDecimal leaveOneOut(@Nullable BigDecimal mark) {
    return earlier.leaveOneOut.add(leaveOneOut.value(mark));
  }

  BigDecimal shapley(@Nullable BigDecimal mark) {
    return earlier.shapley.add(shapley.value(mark));
  }
}
