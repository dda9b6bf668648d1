package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** The limits that operators have set; each outweighs the release's or the default. */
public record LimitOverrides(Map<GuardName, BigDecimal> byGuard) {
  public static final LimitOverrides NONE = new LimitOverrides(Map.of());

  public LimitOverrides {
    byGuard = Map.copyOf(byGuard);
  }

  public LimitOverrides after(GuardLimitChanged change) {
    Map<GuardName, BigDecimal> limits = new EnumMap<>(GuardName.class);
    limits.putAll(byGuard);
    BigDecimal limit = change.limit();
    if (limit == null) {
      limits.remove(change.guard());
    } else {
      limits.put(change.guard(), limit);
    }
    return new LimitOverrides(limits);
  }

  public GuardLimits over(GuardLimits release) {
    return byGuard.isEmpty()
        ? release
        : new GuardLimits(
            or(GuardName.MAX_NOTIONAL, release.maxNotional()),
            or(GuardName.MAX_EXPOSURE, release.maxExposure()),
            Math.toIntExact(whole(GuardName.ORDER_RATE, release.maxOrdersPerSecond())));
  }

  public AccountLimits over(AccountLimits defaults) {
    return new AccountLimits(
        or(GuardName.MAX_DRAWDOWN, defaults.maxDrawdown()),
        defaults.lookBack(),
        whole(GuardName.LOSS_STREAK, defaults.lossStreak()),
        defaults.coolDown(),
        whole(GuardName.CLOCK_SKEW, defaults.clockSkewMs()));
  }

  private BigDecimal or(GuardName guard, BigDecimal unless) {
    return byGuard.getOrDefault(guard, unless);
  }

  private long whole(GuardName guard, long unless) {
    BigDecimal limit = byGuard.get(guard);
    return limit == null ? unless : limit.longValueExact();
  }
}
