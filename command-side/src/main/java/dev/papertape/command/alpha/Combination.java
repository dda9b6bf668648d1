package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.sizing.CoalitionTarget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Several alphas' signals as one target (metrics.md, "P&amp;L of an alpha"). Exact: signals and
 * weights have six decimals, so products and sums lose nothing and no order of the alphas differs
 * from another. Pure.
 *
 * @param combined Σ weight · value
 * @param factor k, base units held for a combined signal of 1
 * @param target {@code factor · combined}, base units, exact
 * @param signals by alpha id, each with its target and the portfolio's without it
 */
public record Combination(
    BigDecimal combined, BigDecimal factor, BigDecimal target, List<AlphaSignal> signals) {
  private static final int DECIMALS = 6;

  /**
   * One alpha at a rebalance.
   *
   * @param value in [−1, 1]
   * @param weight &ge; 0; 0 for one that is only watched
   */
  public record Voice(String alphaId, double value, double weight) {
    /** As all is counted: to six decimals. */
    public Voice {
      value = rounded(value, RoundingMode.HALF_EVEN);
      weight = rounded(weight, RoundingMode.DOWN);
    }
  }

  /**
   * Combines.
   *
   * @param unitNotional quote units held at a combined signal of 1, before the cap
   * @param capNotional quote units beyond which nothing is held
   * @param mid quote units, &gt; 0
   */
  public static Combination of(
      List<Voice> voices, BigDecimal unitNotional, BigDecimal capNotional, BigDecimal mid) {
    BigDecimal combined = combined(voices);
    BigDecimal factor = CoalitionTarget.factor(combined, unitNotional, capNotional, mid);
    List<AlphaSignal> signals = new ArrayList<>(voices.size());
    for (Voice voice : voices.stream().sorted(Comparator.comparing(Voice::alphaId)).toList()) {
      BigDecimal weighted = CoalitionTarget.weighted(voice.weight(), voice.value());
      signals.add(
          new AlphaSignal(
              voice.alphaId(),
              voice.value(),
              voice.weight(),
              plain(factor.multiply(weighted)),
              plain(
                  CoalitionTarget.of(
                      combined.subtract(weighted), unitNotional, capNotional, mid))));
    }
    return new Combination(
        plain(combined), plain(factor), plain(factor.multiply(combined)), List.copyOf(signals));
  }

  /** Σ weight · value, exact. */
  public static BigDecimal combined(List<Voice> voices) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Voice voice : voices) {
      sum = sum.add(CoalitionTarget.weighted(voice.weight(), voice.value()));
    }
    return sum;
  }

  private static double rounded(double value, RoundingMode mode) {
    // The addition makes 0 of −0, which canonical JSON does not tell from it.
    return BigDecimal.valueOf(value).setScale(DECIMALS, mode).doubleValue() + 0.0;
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
