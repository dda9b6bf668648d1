package dev.papertape.contracts.budget;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of a provider beside its quotas.
 *
 * @param currency of its prices; null of one that costs nothing
 * @param ceilingMicros what a call whose price is not known is taken to cost, in millionths of the
 *     currency; null: such calls are refused
 * @param softLimitPercent from which share of a quota on it is in SOFT_LIMIT, 1 to 100
 * @param criticalPercent share of each quota that only critical callers may use, 0 to 90
 */
public record ProviderSettings(
    List<Offer> offers,
    @Nullable String currency,
    @Nullable Long ceilingMicros,
    int softLimitPercent,
    int criticalPercent) {
  public static final int USUAL_SOFT_LIMIT_PERCENT = 80;
  public static final int USUAL_CRITICAL_PERCENT = 10;

  public ProviderSettings {
    offers = List.copyOf(offers);
    if (softLimitPercent < 1 || softLimitPercent > 100) {
      throw new IllegalArgumentException("a soft limit of " + softLimitPercent + " %");
    }
    if (criticalPercent < 0 || criticalPercent > 90) {
      throw new IllegalArgumentException("a critical share of " + criticalPercent + " %");
    }
  }

  public Optional<Offer> offer(Capability capability) {
    return offers.stream().filter(offer -> offer.capability() == capability).findFirst();
  }

  public List<Capability> capabilities() {
    return offers.stream().map(Offer::capability).sorted().toList();
  }

  /**
   * The most that one call can cost in micro-units: its price, or the ceiling when that is not
   * known; empty when there is no ceiling either, or no such offer.
   */
  public OptionalLong worstCostMicros(Capability capability) {
    Optional<Offer> offer = offer(capability);
    if (offer.isEmpty()) {
      return OptionalLong.empty();
    }
    if (currency == null) {
      return OptionalLong.of(0);
    }
    Long price = offer.get().priceMicros();
    Long worst = price == null ? ceilingMicros : price;
    return worst == null ? OptionalLong.empty() : OptionalLong.of(worst);
  }
}
