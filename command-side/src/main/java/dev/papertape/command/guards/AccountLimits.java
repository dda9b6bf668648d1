package dev.papertape.command.guards;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Limits of the guards that look at the account and at venues' clocks, and at no order. They are of
 * the account and not of a release: two releases on trial trade for the same one.
 *
 * @param maxDrawdown of equity below its peak of the look-back, as a fraction of the peak
 * @param lookBack of the peak, feed time
 * @param lossStreak rounds closed in a row with a loss, by alphas
 * @param coolDown feed time after which a streak is forgotten
 * @param clockSkewMs how far a venue's clock may be from its usual distance to ours
 */
public record AccountLimits(
    BigDecimal maxDrawdown,
    Duration lookBack,
    long lossStreak,
    Duration coolDown,
    long clockSkewMs) {
  /**
   * A tenth within a day; twenty losses, a quarter of an hour; ten seconds, five times what is only
   * flagged.
   */
  public static final AccountLimits DEFAULT =
      new AccountLimits(
          new BigDecimal("0.1"), Duration.ofDays(1), 20, Duration.ofMinutes(15), 10_000);
}
