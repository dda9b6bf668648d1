package dev.papertape.command.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.router.Gate;
import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.BudgetEvent.BreakerOpened;
import dev.papertape.contracts.budget.BudgetEvent.ProviderCooledDown;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VenueClosuresTest {
  private static final Venue ALTO = new Venue("ALTO");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aVenueWithRoomAndAClosedBreakerIsOpen() {
    assertThat(closed(Optional.of(ledger(1_000)), NOON)).isEmpty();
  }

  @Test
  void anOpenBreakerClosesItUntilItMayBeTried() {
    Optional<ProviderState> open =
        Optional.of(after(ledger(1_000), new BreakerOpened("ALTO", 3, NOON.plusSeconds(5), NOON)));
    assertThat(closed(open, NOON.plusMillis(4_999))).containsEntry(ALTO, Gate.BREAKER_OPEN);
    assertThat(closed(open, NOON.plusSeconds(5))).isEmpty();
  }

  @Test
  void aFullWindowOrACoolDownClosesIt() {
    assertThat(closed(Optional.of(ledger(0)), NOON)).containsEntry(ALTO, Gate.BUDGET_EXHAUSTED);
    Optional<ProviderState> cooled =
        Optional.of(
            after(ledger(1_000), new ProviderCooledDown("ALTO", false, NOON.plusSeconds(9), NOON)));
    assertThat(closed(cooled, NOON)).containsEntry(ALTO, Gate.BUDGET_EXHAUSTED);
    assertThat(closed(cooled, NOON.plusSeconds(9))).isEmpty();
  }

  @Test
  void aLedgerThatCannotBeReadLeavesItAsItWas() {
    assertThat(closed(Optional.empty(), NOON)).isEmpty();
    assertThat(
            VenueClosures.of(
                Map.of(ALTO, Optional.empty()), Map.of(ALTO, Gate.BREAKER_OPEN), _ -> NOON))
        .containsEntry(ALTO, Gate.BREAKER_OPEN);
  }

  private static Map<Venue, Gate> closed(Optional<ProviderState> ledger, Instant at) {
    return VenueClosures.of(Map.of(ALTO, ledger), Map.of(), _ -> at);
  }

  private static ProviderState ledger(long callsAMinute) {
    return after(
        null,
        new ProviderRegistered(
            "ALTO",
            new ProviderSettings(List.of(new Offer(Capability.PRICE, 0L)), "USD", 0L, 80, 10),
            List.of(new Quota(QuotaKind.CALLS, 60_000, Alignment.CALENDAR, callsAMinute)),
            NOON));
  }

  private static ProviderState after(@Nullable ProviderState before, ProviderEvent event) {
    return ProviderState.after(before, event);
  }
}
