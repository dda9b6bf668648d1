package dev.papertape.contracts.sizing;

import dev.papertape.contracts.alpha.AlphaSignal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * What any coalition of alphas holds of one symbol, from the signals and weights of one rebalance:
 * {@code unit · Σ weight · value} quote units, held to {@code ±cap}, over the mid. Weights are not
 * renormalised, so that a coalition's target is what the others would have held. The engine trades
 * by it and reports re-run it; pure, exact but for the factor, which has {@value #FACTOR_DECIMALS}
 * decimals.
 */
public final class CoalitionTarget {
  private static final int FACTOR_DECIMALS = 15;

  private CoalitionTarget() {}

  /** Σ weight · value, exact in the decimal digits with which both are written. */
  public static BigDecimal combined(Collection<AlphaSignal> signals, Predicate<String> members) {
    BigDecimal sum = BigDecimal.ZERO;
    for (AlphaSignal signal : signals) {
      if (members.test(signal.alphaId())) {
        sum = sum.add(weighted(signal.weight(), signal.value()));
      }
    }
    return sum;
  }

  /** weight · value, exact in the decimal digits with which both are written. */
  public static BigDecimal weighted(double weight, double value) {
    return BigDecimal.valueOf(weight).multiply(BigDecimal.valueOf(value));
  }

  /**
   * k, base units held for a combined signal of 1: the unit, or what of it the cap leaves. Of a
   * combined signal of 0 it is the unit's: then alphas that are of opposite minds hold against each
   * other what they hold when they are almost so.
   *
   * @param combined Σ weight · value of the coalition
   * @param unitNotional quote units held at a combined signal of 1, &ge; 0
   * @param capNotional quote units beyond which nothing is held, &ge; 0
   * @param mid quote units, &gt; 0
   */
  public static BigDecimal factor(
      BigDecimal combined, BigDecimal unitNotional, BigDecimal capNotional, BigDecimal mid) {
    BigDecimal strength = combined.abs();
    boolean isCapped = strength.multiply(unitNotional).compareTo(capNotional) > 0;
    return isCapped
        ? capNotional.divide(strength.multiply(mid), FACTOR_DECIMALS, RoundingMode.DOWN)
        : unitNotional.divide(mid, FACTOR_DECIMALS, RoundingMode.DOWN);
  }

  /** Signed base units: {@code factor · combined}, not cut to lots. */
  public static BigDecimal of(
      BigDecimal combined, BigDecimal unitNotional, BigDecimal capNotional, BigDecimal mid) {
    return factor(combined, unitNotional, capNotional, mid).multiply(combined);
  }

  /** The target of those alphas of a rebalance that are members. */
  public static BigDecimal of(
      Collection<AlphaSignal> signals,
      Predicate<String> members,
      BigDecimal unitNotional,
      BigDecimal capNotional,
      BigDecimal mid) {
    return of(combined(signals, members), unitNotional, capNotional, mid);
  }
}
