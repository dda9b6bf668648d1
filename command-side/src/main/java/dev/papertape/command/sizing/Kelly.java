package dev.papertape.command.sizing;

import org.jspecify.annotations.Nullable;

/**
 * The fraction of the capital that makes it grow fastest (Kelly, A new interpretation of
 * information rate, 1956; continuous form: Thorp, The Kelly criterion in blackjack, sports betting
 * and the stock market, 2006). Negative when the bet loses: then the best fraction is none.
 */
public final class Kelly {
  private Kelly() {}

  /**
   * Of a bet that wins {@code odds} times the stake with probability {@code p} and loses the stake
   * otherwise: (b·p − q)/b.
   *
   * @param p in [0, 1]
   * @param odds b, &gt; 0
   */
  public static double discrete(double p, double odds) {
    if (!(p >= 0 && p <= 1) || !(odds > 0)) {
      throw new IllegalArgumentException("p lies in [0, 1], and the odds are positive");
    }
    return (odds * p - (1 - p)) / odds;
  }

  /**
   * Of returns with these moments, all of one period: (μ − r)/σ². The period cancels out.
   *
   * @param riskFree return of the same period
   * @return null where nothing varies
   */
  public static @Nullable Double continuous(double mean, double riskFree, double variance) {
    double fraction = (mean - riskFree) / variance;
    return variance > 0 && Double.isFinite(fraction) ? (Double) fraction : null;
  }
}
