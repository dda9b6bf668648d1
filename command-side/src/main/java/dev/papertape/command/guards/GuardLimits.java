package dev.papertape.command.guards;

import java.math.BigDecimal;

/**
 * Limits of the pre-trade guards.
 *
 * @param maxNotional of one order, quote units
 * @param maxExposure Σ |position| · mark after the order, quote units
 * @param maxOrdersPerSecond orders of all sources within one second of feed time
 */
public record GuardLimits(BigDecimal maxNotional, BigDecimal maxExposure, int maxOrdersPerSecond) {
  /** A quarter of the default account in one order, twice the account in all, 1,000 orders/s. */
  public static final GuardLimits DEFAULT =
      new GuardLimits(new BigDecimal("250000"), new BigDecimal("2000000"), 1_000);

  public GuardLimits {
    if (maxNotional.signum() <= 0 || maxExposure.signum() <= 0 || maxOrdersPerSecond <= 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
