package dev.papertape.command.sizing;

import dev.papertape.contracts.deploy.SizingParameters;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How much of a symbol is held and how often it is traded.
 *
 * @param targetNotional most that is held of a symbol, quote units
 * @param rebalanceNotional smallest difference that is traded, quote units
 * @param cooldown feed time between two rebalances of one symbol
 * @param targetVol annualised volatility of a symbol's position at a combined signal of 1, as a
 *     fraction of the account's equity
 * @param kellyFraction share of the full Kelly fraction that may be held, in (0, 1]
 * @param kellyFloor fraction of the equity that Kelly's rule leaves however bad the record
 * @param participationPercent most that is held, as a share of what the eligible books display
 */
public record SizingPolicy(
    BigDecimal targetNotional,
    BigDecimal rebalanceNotional,
    Duration cooldown,
    double targetVol,
    double kellyFraction,
    double kellyFloor,
    int participationPercent) {
  public static final SizingPolicy DEFAULT =
      of(new SizingParameters(new BigDecimal("20000"), new BigDecimal("2000"), 5_000));

  public SizingPolicy {
    if (targetNotional.signum() < 0
        || rebalanceNotional.signum() < 0
        || cooldown.isNegative()
        || !(targetVol > 0)
        || !(kellyFraction > 0)
        || !(kellyFloor > 0)
        || participationPercent < 1) {
      throw new IllegalArgumentException("sizes and shares must be positive");
    }
  }

  public static SizingPolicy of(SizingParameters parameters) {
    return new SizingPolicy(
        parameters.targetNotional(),
        parameters.rebalanceNotional(),
        Duration.ofMillis(parameters.cooldownMs()),
        parameters.targetVol(),
        parameters.kellyFraction(),
        parameters.kellyFloor(),
        parameters.participationPercent());
  }

  public SizingParameters parameters() {
    return new SizingParameters(
        targetNotional,
        rebalanceNotional,
        cooldown.toMillis(),
        targetVol,
        kellyFraction,
        kellyFloor,
        participationPercent);
  }
}
