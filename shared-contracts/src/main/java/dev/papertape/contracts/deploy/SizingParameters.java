package dev.papertape.contracts.deploy;

import java.math.BigDecimal;

/**
 * How much of a symbol is held and how often it is traded. What is 0 where it may not be is missing
 * in a payload from before it was there, and is the default then.
 *
 * @param targetNotional most that is held of a symbol, quote units: the notional cap
 * @param rebalanceNotional smallest difference that is traded, quote units
 * @param cooldownMs feed time between two rebalances of one symbol
 * @param targetVol annualised volatility of a symbol's position at a combined signal of 1, as a
 *     fraction of the account's equity; &gt; 0
 * @param kellyFraction share of the full Kelly fraction that may be held, in (0, 1]
 * @param kellyFloor fraction of the equity that Kelly's rule leaves however bad the record, &gt; 0:
 *     an account that holds nothing never learns that it was wrong
 * @param participationPercent most that is held, as a share of what the eligible books display
 */
public record SizingParameters(
    BigDecimal targetNotional,
    BigDecimal rebalanceNotional,
    long cooldownMs,
    double targetVol,
    double kellyFraction,
    double kellyFloor,
    int participationPercent) {
  public static final double TARGET_VOL = 0.02;
  public static final double KELLY_FRACTION = 0.5;
  public static final double KELLY_FLOOR = 0.01;
  public static final int PARTICIPATION_PERCENT = 50;

  public SizingParameters {
    targetVol = targetVol == 0 ? TARGET_VOL : targetVol;
    kellyFraction = kellyFraction == 0 ? KELLY_FRACTION : kellyFraction;
    kellyFloor = kellyFloor == 0 ? KELLY_FLOOR : kellyFloor;
    participationPercent = participationPercent == 0 ? PARTICIPATION_PERCENT : participationPercent;
  }

  /** The rest as by default. */
  public SizingParameters(
      BigDecimal targetNotional, BigDecimal rebalanceNotional, long cooldownMs) {
    this(targetNotional, rebalanceNotional, cooldownMs, 0, 0, 0, 0);
  }
}
