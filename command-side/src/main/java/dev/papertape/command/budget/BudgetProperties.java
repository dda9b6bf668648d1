package dev.papertape.command.budget;

import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.Period;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set of the budget, under {@code papertape.budget}. It is taken when a
 * provider's ledger begins; later {@code PUT /api/budget/providers/{provider}} says what holds.
 *
 * @param providers by the venue's name; a venue that is not named gets what its protocol documents
 * @param referencePrices whether prices are compared with those of the cheapest provider
 * @param referenceEvery between two of those calls
 * @param timeEvery between two looks at each provider's clock
 */
@ConfigurationProperties("papertape.budget")
public record BudgetProperties(
    @DefaultValue Map<String, Provider> providers,
    @DefaultValue("true") boolean referencePrices,
    @DefaultValue("2s") Duration referenceEvery,
    @DefaultValue("1m") Duration timeEvery) {

  /**
   * One provider.
   *
   * @param quotas those that the protocol documents when absent
   * @param dailyCost a budget of money for each UTC day, in millionths of the currency
   * @param prices in millionths of the currency; a capability without one costs the ceiling
   */
  public record Provider(
      @Nullable List<Capability> capabilities,
      @Nullable List<Window> quotas,
      @Nullable String currency,
      @DefaultValue Map<Capability, Long> prices,
      @Nullable Long ceiling,
      @Nullable Long dailyCost,
      @DefaultValue("80") int softLimitPercent,
      @DefaultValue("10") int criticalPercent) {

    List<Quota> quotas(List<Quota> usual) {
      List<Quota> all =
          new ArrayList<>(quotas == null ? usual : quotas.stream().map(Window::quota).toList());
      if (dailyCost != null) {
        all.add(
            new Quota(
                QuotaKind.COST, Duration.ofDays(1).toMillis(), Alignment.CALENDAR, dailyCost));
      }
      return all;
    }

    ProviderSettings settings() {
      List<Capability> offered =
          capabilities == null ? ProviderDefaults.settings().capabilities() : capabilities;
      return new ProviderSettings(
          offered.stream()
              .map(
                  capability ->
                      new Offer(
                          capability, currency == null ? Long.valueOf(0) : prices.get(capability)))
              .toList(),
          currency,
          ceiling,
          softLimitPercent,
          criticalPercent);
    }
  }

  /**
   * One quota.
   *
   * @param period for example {@code 10s}, {@code 1m}
   */
  public record Window(
      QuotaKind kind, String period, @DefaultValue("CALENDAR") Alignment alignment, long limit) {
    Quota quota() {
      return new Quota(
          kind,
          Period.parse(period)
              .orElseThrow(() -> new IllegalArgumentException("no period: " + period)),
          alignment,
          limit);
    }
  }
}
