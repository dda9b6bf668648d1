package dev.papertape.query.audit;

import dev.papertape.contracts.budget.BudgetEvent;
import dev.papertape.contracts.budget.Period;

/** What was spent and refused, in a sentence. */
final class BudgetSummary {
  private BudgetSummary() {}

  static String of(BudgetEvent event) {
    return switch (event) {
      case BudgetEvent.ProviderRegistered registered ->
          "Registered %s with %d quotas"
              .formatted(registered.provider(), registered.quotas().size());
      case BudgetEvent.ProviderChanged changed ->
          "Changed what %s offers".formatted(changed.provider());
      case BudgetEvent.QuotaChanged changed ->
          "Changed the quotas of %s: %d".formatted(changed.provider(), changed.quotas().size());
      case BudgetEvent.CallReserved reserved ->
          "Reserved a call for %s at %s, weight %d"
              .formatted(reserved.capability(), reserved.provider(), reserved.weight());
      case BudgetEvent.CallSettled settled ->
          "Settled a call for %s at %s: %s in %s ms, weight %d"
              .formatted(
                  settled.capability(),
                  settled.provider(),
                  settled.outcome(),
                  EventSummary.decimals(settled.latencyMs()),
                  settled.weight());
      case BudgetEvent.CallDenied denied ->
          "Denied %d call(s) for %s at %s, %s: %s"
              .formatted(
                  denied.count(),
                  denied.capability(),
                  denied.provider(),
                  denied.reason(),
                  denied.detail());
      case BudgetEvent.ReservationExpired expired ->
          "Gave up reservation %s at %s".formatted(expired.reservationId(), expired.provider());
      case BudgetEvent.QuotaObserved observed ->
          "%s counts %s of %s in %s where we count %d"
              .formatted(
                  observed.provider(),
                  observed.observed(),
                  observed.kind(),
                  Period.text(observed.periodMs()),
                  observed.ours());
      case BudgetEvent.ProviderCooledDown cooled ->
          "%s wants no calls until %s%s"
              .formatted(cooled.provider(), cooled.until(), cooled.banned() ? " (banned)" : "");
      case BudgetEvent.BreakerOpened opened ->
          "%s failed %d times in a row: no calls until %s"
              .formatted(opened.provider(), opened.failures(), opened.until());
      case BudgetEvent.BreakerClosed closed -> "%s answers again".formatted(closed.provider());
      case BudgetEvent.FallbackChosen chosen ->
          "Chose %s for %s of %s, not %s"
              .formatted(
                  chosen.chosen() == null ? "nobody" : chosen.chosen(),
                  chosen.capability(),
                  chosen.subject(),
                  chosen.rejected());
    };
  }
}
