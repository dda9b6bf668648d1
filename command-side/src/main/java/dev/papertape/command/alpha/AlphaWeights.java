package dev.papertape.command.alpha;

import dev.papertape.contracts.report.DeflatedSharpe;
import dev.papertape.contracts.report.ReturnMoments;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each alpha weighs: its own weight times its stage's share, times what its recent record
 * makes of it, and all divided by their sum where that is above 1. Pure.
 */
public final class AlphaWeights {
  /** Returns below which a record says nothing. */
  public static final int LEAST_RETURNS = 30;

  /** What the worst record leaves: an alpha that holds nothing never shows that it was bad luck. */
  private static final double LEAST_FACTOR = 0.1;

  private AlphaWeights() {}

  /**
   * What a record makes of a weight, in [0.1, 1]: the deflated Sharpe ratio of the recent minute
   * returns (control.md); 1 below 30 returns, or where nothing varied.
   *
   * @param recent up to the newest eight hours, null without a record
   * @param trials N of the ratio: members of the alpha's population, 1 without one
   * @param variance V of the trials' ratios; 0 where it is not known
   */
  public static double factor(@Nullable ReturnMoments recent, long trials, double variance) {
    if (recent == null || recent.samples() < LEAST_RETURNS) {
      return 1;
    }
    Double deflated = DeflatedSharpe.of(recent, trials, variance);
    return deflated == null ? 1 : Math.max(LEAST_FACTOR, deflated);
  }

  /**
   * The weights, which add up to 1 at most.
   *
   * @param weighed own weight · stage's share · factor by alpha id, each &ge; 0
   */
  public static SortedMap<String, Double> of(Map<String, Double> weighed) {
    SortedMap<String, Double> weights = new TreeMap<>(weighed);
    double sum = 0;
    for (double weight : weights.values()) {
      sum += weight;
    }
    double most = Math.max(1, sum);
    weights.replaceAll((_, weight) -> weight / most);
    return weights;
  }
}
