package dev.papertape.command.budget;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What a venue's public REST calls allow and cost when nobody has said otherwise, as the venues
 * document it for one address.
 */
public final class ProviderDefaults {
  private static final long BINANCE_WEIGHT = 6_000;
  private static final long BINANCE_REQUESTS = 61_000;
  private static final long COINBASE_CALLS = 10;

  /**
   * Kraken takes about one public call a second and bears small bursts: ten in ten seconds stay
   * within a counter of fifteen that falls by one a second, whenever they come.
   */
  private static final long KRAKEN_CALLS = 10;

  private ProviderDefaults() {}

  /** Everything but past trades, free of charge. */
  public static ProviderSettings settings() {
    List<Offer> offers =
        Arrays.stream(Capability.values())
            .filter(capability -> capability != Capability.TRADES)
            .map(capability -> new Offer(capability, 0L))
            .toList();
    return new ProviderSettings(
        offers,
        null,
        null,
        ProviderSettings.USUAL_SOFT_LIMIT_PERCENT,
        ProviderSettings.USUAL_CRITICAL_PERCENT);
  }

  public static List<Quota> quotas(WireProtocol wire) {
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES ->
          List.of(
              quota(QuotaKind.WEIGHT, Duration.ofMinutes(1), Alignment.CALENDAR, BINANCE_WEIGHT),
              quota(QuotaKind.CALLS, Duration.ofMinutes(5), Alignment.CALENDAR, BINANCE_REQUESTS));
      case COINBASE, COINBASE_PRO ->
          List.of(quota(QuotaKind.CALLS, Duration.ofSeconds(1), Alignment.ROLLING, COINBASE_CALLS));
      case KRAKEN, KRAKEN_V1 ->
          List.of(quota(QuotaKind.CALLS, Duration.ofSeconds(10), Alignment.ROLLING, KRAKEN_CALLS));
    };
  }

  /** The command with which a venue's ledger begins. */
  public static RegisterProvider registration(String provider, WireProtocol wire, Instant at) {
    return new RegisterProvider(provider, settings(), quotas(wire), at);
  }

  /** The same for a ledger in memory. */
  public static ProviderRegistered registered(String provider, WireProtocol wire, Instant at) {
    return new ProviderRegistered(provider, settings(), quotas(wire), at);
  }

  private static Quota quota(QuotaKind kind, Duration period, Alignment alignment, long limit) {
    return new Quota(kind, period.toMillis(), alignment, limit);
  }
}
