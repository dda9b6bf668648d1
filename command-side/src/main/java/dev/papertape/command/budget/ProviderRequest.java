package dev.papertape.command.budget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.BudgetCommand.PutProvider;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.Period;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Violations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code PUT /api/budget/providers/{provider}} takes beyond its contract. */
final class ProviderRequest {
  private static final String CURRENCY = "currency";
  private static final String PRICES = "prices";
  private static final String CEILING = "ceiling";
  private static final String QUOTAS = "quotas";
  private static final String CAPABILITIES = "capabilities";

  private ProviderRequest() {}

  static PutProvider command(String provider, Members members, Instant at) {
    @Nullable String currency = members.findText(CURRENCY).orElse(null);
    List<Offer> offers = new ArrayList<>();
    for (JsonNode name : members.elements(CAPABILITIES)) {
      Capability capability = Capability.valueOf(name.textValue());
      Long price =
          members
              .findObject(PRICES)
              .flatMap(prices -> prices.findInteger(capability.name()))
              .orElse(currency == null ? Long.valueOf(0) : null);
      offers.add(new Offer(capability, price));
    }
    List<Quota> quotas = new ArrayList<>();
    for (JsonNode quota : members.elements(QUOTAS)) {
      quotas.add(
          new Quota(
              QuotaKind.valueOf(quota.path("kind").textValue()),
              Period.parse(quota.path("period").textValue()).orElseThrow(),
              Alignment.valueOf(quota.path("alignment").asText(Alignment.CALENDAR.name())),
              quota.path("limit").longValue()));
    }
    return new PutProvider(
        provider,
        new ProviderSettings(
            offers,
            currency,
            members.findInteger(CEILING).orElse(null),
            members
                .findInteger("softLimitPercent")
                .map(Long::intValue)
                .orElse(ProviderSettings.USUAL_SOFT_LIMIT_PERCENT),
            members
                .findInteger("criticalPercent")
                .map(Long::intValue)
                .orElse(ProviderSettings.USUAL_CRITICAL_PERCENT)),
        quotas,
        at);
  }

  static void check(Members members, Violations violations) {
    boolean currency = members.wasGiven(CURRENCY);
    if (!currency && members.wasGiven(PRICES)) {
      violations.add(
          "/prices", "CURRENCY_MISSING", "prices need a currency, such as \"USD\"", null);
    }
    if (!currency && members.wasGiven(CEILING)) {
      violations.add(
          "/ceiling", "CURRENCY_MISSING", "a ceiling needs a currency, such as \"USD\"", null);
    }
    prices(members, violations);
    quotas(members, currency, violations);
  }

  private static void prices(Members members, Violations violations) {
    Set<String> offered = new HashSet<>();
    members.sent(CAPABILITIES).forEach(name -> offered.add(name.asText()));
    JsonNode prices = members.sent(PRICES);
    for (Capability capability : Capability.values()) {
      if (prices.hasNonNull(capability.name()) && !offered.contains(capability.name())) {
        violations.add(
            "/prices/" + capability,
            "NOT_OFFERED",
            "is a price of what is not among the capabilities",
            prices.path(capability.name()).asText());
      }
    }
  }

  /**
   * Looks at each by itself: one that breaks the contract does not hide what is wrong with others.
   */
  private static void quotas(Members members, boolean currency, Violations violations) {
    JsonNode quotas = members.sent(QUOTAS);
    Set<String> met = new HashSet<>();
    for (int q = 0; q < (quotas.isArray() ? quotas.size() : 0); q++) {
      JsonNode quota = quotas.get(q);
      String at = "/quotas/" + q;
      String kind = quota.path("kind").asText();
      String period = quota.path("period").asText();
      if (kind.equals(QuotaKind.COST.name()) && !currency) {
        violations.add(
            at + "/kind", "CURRENCY_MISSING", "a budget of money needs a currency", kind);
      }
      if (!Period.isWellFormed(period)) {
        continue; // The contract has said so.
      }
      if (Period.parse(period).isEmpty()) {
        violations.add(at + "/period", "OUT_OF_RANGE", "must be from 1ms to 31d", period);
        continue;
      }
      String alignment = quota.path("alignment").asText(Alignment.CALENDAR.name());
      if (!met.add(kind + " " + Period.parse(period).getAsLong() + " " + alignment)) {
        violations.add(at, "DUPLICATE", "is the same window as one before it", kind);
      }
    }
  }
}
