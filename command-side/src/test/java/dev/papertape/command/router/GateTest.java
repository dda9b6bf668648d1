package dev.papertape.command.router;

import static dev.papertape.command.router.RoutingFixture.limit;
import static dev.papertape.command.router.RoutingFixture.market;
import static dev.papertape.command.router.RoutingFixture.resting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {
  private static final OrderIntent ONE = market(Side.BUY, "1");

  private final RoutingFixture fixture = new RoutingFixture();
  private final TestVenue open = new TestVenue("Z").bid("99.00", "5").ask("100.00", "5");
  private final TestVenue venue = new TestVenue("A").bid("99.00", "5").ask("100.00", "5");

  @Test
  void aGoodVenueIsEligible() {
    assertThat(gate(ONE)).isNull();
  }

  @Test
  void haltedShutsEveryVenue() {
    fixture.tradingState = TradingState.HALTED;
    assertThat(gate(ONE)).isEqualTo("HALTED");
  }

  @ParameterizedTest
  @EnumSource(names = {"BREAKER_OPEN", "BUDGET_EXHAUSTED"})
  void theControlPlaneCanCloseAVenue(Gate reason) {
    fixture.conditions.put(venue.venue(), new VenueConditions(0, 1, 0, 1, reason));
    assertThat(gate(ONE)).isEqualTo(reason.name());
  }

  @ParameterizedTest
  @CsvSource({"RESYNCING,NOT_SYNCED", "SUSPECT,SUSPECT", "UNVERIFIABLE,NOT_SYNCED", "STALE,STALE"})
  void onlyASyncedBookIsRoutedTo(BookState state, String reason) {
    venue.state = state;
    assertThat(gate(ONE)).isEqualTo(reason);
  }

  @Test
  void aBookIsStaleAfterThePolicysMaximumAgeAndNotAtIt() {
    venue.receivedAt = TestVenue.NOON.minusMillis(2_000);
    assertThat(gate(ONE)).isNull();
    venue.receivedAt = TestVenue.NOON.minusMillis(2_001);
    assertThat(gate(ONE)).isEqualTo("STALE");
    venue.receivedAt = null;
    assertThat(gate(ONE)).isEqualTo("STALE");
  }

  @Test
  void crossedIsShutAndLockedIsLegal() {
    venue.bid("100.00", "1");
    assertThat(gate(ONE)).isNull();
    venue.bid("100.01", "1");
    assertThat(gate(ONE)).isEqualTo("CROSSED");
  }

  @Test
  void anEmptySideHasNothingToTake() {
    venue.ask("100.00", "0");
    assertThat(gate(ONE)).isEqualTo("NO_LIQUIDITY");
  }

  @Test
  void withoutAnyTwoSidedBookThereIsNothingToMeasureAgainst() {
    venue.bid("99.00", "0");
    assertThat(fixture.decide(ONE, venue).candidates().getFirst().gate())
        .isEqualTo("NO_REFERENCE_MID");
  }

  @Test
  void aQuantityOffTheVenuesLotIsThisVenuesGate() {
    venue.rules("0.010", "0");
    assertThat(gate(market(Side.BUY, "1.005"))).isEqualTo("OFF_LOT");
    assertThat(gate(market(Side.BUY, "1.010"))).isNull();
  }

  @Test
  void theOrderMustBeWorthTheMinimumAtTheBestPriceOrAtItsLimit() {
    venue.rules("0.001", "10");
    // 0.099 · 100 = 9.9; 0.1 · 100 = 10; 0.1 · 99 = 9.9
    assertThat(gate(market(Side.BUY, "0.099"))).isEqualTo("BELOW_MIN_NOTIONAL");
    assertThat(gate(market(Side.BUY, "0.100"))).isNull();
    assertThat(gate(resting(Side.BUY, "0.100", "99.00"))).isEqualTo("BELOW_MIN_NOTIONAL");
  }

  @Test
  void anImmediateOrderNeedsItsLimitReachedAndARestingOneDoesNot() {
    assertThat(gate(limit(Side.BUY, "1", "99.99"))).isEqualTo("LIMIT_NOT_REACHED");
    assertThat(gate(limit(Side.BUY, "1", "100.00"))).isNull();
    assertThat(gate(limit(Side.SELL, "1", "99.01"))).isEqualTo("LIMIT_NOT_REACHED");
    assertThat(gate(limit(Side.SELL, "1", "99.00"))).isNull();
    assertThat(gate(resting(Side.BUY, "1", "99.99"))).isNull();
  }

  @Test
  void aShutVenueHasNoCostTerms() {
    venue.state = BookState.RESYNCING;
    Candidate candidate = fixture.decide(ONE, venue, open).candidates().getFirst();
    assertThat(candidate.eligible()).isFalse();
    assertThat(candidate.vwap()).isNull();
    assertThat(candidate.allInBps()).isNull();
  }

  private @Nullable String gate(OrderIntent intent) {
    return fixture.decide(intent, venue, open).candidates().getFirst().gate();
  }
}
