package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardReading.Stand;
import dev.papertape.command.guards.GuardReading.Story;
import dev.papertape.contracts.guards.GuardName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The guards over the account as a whole. Pure. */
final class AccountRules {
  private static final String ACCOUNT = GuardName.Scope.ACCOUNT.name();
  private static final int DECIMALS = 6;

  /** A drawdown counts as over when it is this share of its limit. */
  private static final BigDecimal BACK = new BigDecimal("0.9");

  private AccountRules() {}

  /**
   * @param peak highest equity of the look-back, null before the first mark
   * @param equity at the newest mark
   */
  static GuardReading drawdown(
      @Nullable BigDecimal peak, @Nullable BigDecimal equity, AccountLimits limits) {
    BigDecimal limit = limits.maxDrawdown();
    BigDecimal value =
        peak == null || equity == null || peak.signum() <= 0
            ? null
            : peak.subtract(equity)
                .max(BigDecimal.ZERO)
                .divide(peak, DECIMALS, RoundingMode.HALF_EVEN);
    Stand stand =
        value == null
            ? Stand.BETWEEN
            : value.compareTo(limit) > 0
                ? Stand.BEYOND
                : value.compareTo(limit.multiply(BACK)) <= 0 ? Stand.WITHIN : Stand.BETWEEN;
    return new GuardReading(
        GuardName.MAX_DRAWDOWN,
        ACCOUNT,
        value,
        limit,
        stand,
        () ->
            new Story(
                "equity of %s is %s below its peak of %s, the limit is %s"
                    .formatted(text(equity), text(value), text(peak), plain(limit)),
                "equity is at most %s below its peak of the last %s, or an operator resumes"
                    .formatted(plain(limit.multiply(BACK)), limits.lookBack()),
                new TreeMap<>(
                    Map.of(
                        "equity", text(equity),
                        "peak", text(peak),
                        "lookBack", limits.lookBack().toString()))));
  }

  /**
   * @param losses rounds closed in a row with a loss, within the cool-down of each other
   */
  static GuardReading lossStreak(long losses, AccountLimits limits) {
    BigDecimal value = BigDecimal.valueOf(losses);
    BigDecimal limit = BigDecimal.valueOf(limits.lossStreak());
    return new GuardReading(
        GuardName.LOSS_STREAK,
        ACCOUNT,
        value,
        limit,
        losses >= limits.lossStreak() ? Stand.BEYOND : Stand.WITHIN,
        () ->
            new Story(
                "%d rounds in a row were closed with a loss, the limit is %s"
                    .formatted(losses, plain(limit)),
                "a round is closed with a profit, %s pass without a loss, or an operator resumes"
                    .formatted(limits.coolDown()),
                new TreeMap<>(
                    Map.of(
                        "losses", Long.toString(losses),
                        "coolDown", limits.coolDown().toString()))));
  }

  /**
   * @param orders that passed the guards within the last second of feed time
   */
  static GuardReading orderRate(int orders, GuardLimits limits) {
    int most = limits.maxOrdersPerSecond();
    return new GuardReading(
        GuardName.ORDER_RATE,
        ACCOUNT,
        BigDecimal.valueOf(orders),
        BigDecimal.valueOf(most),
        orders >= most ? Stand.BEYOND : orders <= most / 2 ? Stand.WITHIN : Stand.BETWEEN,
        () ->
            new Story(
                "%d orders in the last second, the limit is %d".formatted(orders, most),
                "there are at most %d in a second".formatted(most / 2),
                new TreeMap<>(Map.of("ordersInLastSecond", Integer.toString(orders)))));
  }

  private static String text(@Nullable BigDecimal number) {
    return number == null ? "unknown" : plain(number);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
