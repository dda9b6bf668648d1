package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one alpha came to in one symbol: a running total, or the difference of two. Quote units,
 * exact. They add up over symbols, alphas and windows that meet.
 *
 * @param shapleyError upper bound of the standard error of {@code shapley}; 0 when it is exact
 */
public record Amounts(
    BigDecimal pnl,
    BigDecimal fees,
    BigDecimal turnover,
    long trades,
    long wins,
    BigDecimal leaveOneOut,
    BigDecimal shapley,
    double shapleyError) {
  public static final Amounts NONE = new Amounts(ZERO, ZERO, ZERO, 0, 0, ZERO, ZERO, 0);

  static Amounts of(Cell cell, @Nullable BigDecimal mark) {
    Round round = cell.round().settled();
    return new Amounts(
        cell.pnl(mark),
        cell.fees(),
        cell.turnover(),
        round.trades(),
        round.wins(),
        cell.leaveOneOut(mark),
        cell.shapley(mark),
        cell.shapleyError());
  }

  Amounts plus(Amounts other) {
    return new Amounts(
        pnl.add(other.pnl),
        fees.add(other.fees),
        turnover.add(other.turnover),
        trades + other.trades,
        wins + other.wins,
        leaveOneOut.add(other.leaveOneOut),
        shapley.add(other.shapley),
        shapleyError + other.shapleyError);
  }

  Amounts minus(Amounts other) {
    return new Amounts(
        pnl.subtract(other.pnl),
        fees.subtract(other.fees),
        turnover.subtract(other.turnover),
        trades - other.trades,
        wins - other.wins,
        leaveOneOut.subtract(other.leaveOneOut),
        shapley.subtract(other.shapley),
        Math.max(0, shapleyError - other.shapleyError));
  }
}
