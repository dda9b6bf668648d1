package dev.papertape.command.router;

import static dev.papertape.command.router.RoutingFixture.limit;
import static dev.papertape.command.router.RoutingFixture.market;
import static dev.papertape.command.router.RoutingFixture.resting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final RoutingFixture fixture = new RoutingFixture();

  @Test
  void addsTheCostTermsInBpsOfTheCommonMid() {
    TestVenue a =
        new TestVenue("A").fees(0, 10).bid("99.00", "5").ask("101.00", "1").ask("102.00", "9");
    fixture.volatility1sBps = 4;
    fixture.conditions.put(a.venue(), new VenueConditions(250, 0.9, 0.05, 0.8, null));

    Candidate candidate = fixture.decide(market(Side.BUY, "2"), a).candidates().getFirst();

    // mid (99 + 101) / 2 = 100; VWAP (101 + 102) / 2 = 101.5: 150 bps
    assertThat(candidate.vwap()).isEqualTo("101.5");
    assertThat(candidate.coveredQuantity()).isEqualByComparingTo("2");
    assertThat(candidate.priceBps()).isCloseTo(150, within(1e-9));
    assertThat(candidate.feeBps()).isEqualTo(10);
    // 4 bps · √0.25 s = 2
    assertThat(candidate.latencyBps()).isCloseTo(2, within(1e-9));
    // (1 − 0.9) · (0.8 · 4 bps) = 0.32
    assertThat(candidate.failBps()).isCloseTo(0.32, within(1e-9));
    // 0.05 · 1 bps
    assertThat(candidate.rejectBps()).isCloseTo(0.05, within(1e-9));
    assertThat(candidate.allInBps()).isCloseTo(162.37, within(1e-9));
    assertThat(candidate.qos()).isEqualTo(0.8);
  }

  @Test
  void aSellBelowTheMidCostsToo() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("101.00", "1");

    Candidate candidate = fixture.decide(market(Side.SELL, "2"), a).candidates().getFirst();

    // −(99 − 100) / 100
    assertThat(candidate.priceBps()).isCloseTo(100, within(1e-9));
  }

  @Test
  void roundsAPriceThatDoesNotEndToTwelveDecimals() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.00", "1").ask("101.00", "2");

    Candidate candidate = fixture.decide(market(Side.BUY, "3"), a).candidates().getFirst();

    // (100 + 2 · 101) / 3 = 100.666…
    assertThat(candidate.vwap()).isEqualTo("100.666666666667");
  }

  @Test
  void walksTheMergedLevelsWithTheFeeOnThem() {
    // With fees: A 100.00·1.0010 = 100.10, then 100.50·1.001 = 100.6005; B 100.05 and 100.40, free.
    TestVenue a =
        new TestVenue("A").fees(0, 10).bid("99.00", "5").ask("100.00", "3").ask("100.50", "5");
    TestVenue b = new TestVenue("B").bid("99.00", "5").ask("100.05", "2").ask("100.40", "1");

    RoutingDecision decision = fixture.decide(market(Side.BUY, "7"), a, b);

    // B 2, A 3, B 1, and of A's last level 1
    assertThat(decision.legs()).containsExactly(leg("A", "4.000"), leg("B", "3.000"));
    assertThat(decision.unroutedQuantity()).isEqualTo("0");
    assertThat(decision.reason()).isNull();
  }

  @Test
  void aSellerPrefersTheHigherPriceAfterTheFee() {
    // 99.00·0.999 = 98.901 is worse than 98.95 without a fee
    TestVenue a = new TestVenue("A").fees(0, 10).bid("99.00", "5").ask("101.00", "5");
    TestVenue b = new TestVenue("B").bid("98.95", "5").ask("101.00", "5");

    assertThat(fixture.decide(market(Side.SELL, "5"), a, b).legs())
        .containsExactly(leg("B", "5.000"));
  }

  @Test
  void ofEqualPricesTheBetterScoreGoesFirstAndThenTheName() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.00", "5");
    TestVenue b = new TestVenue("B").bid("99.00", "5").ask("100.00", "5");

    assertThat(fixture.decide(market(Side.BUY, "5"), a, b).legs())
        .containsExactly(leg("A", "5.000"));

    fixture.conditions.put(a.venue(), new VenueConditions(0, 1, 0, 0.5, null));
    assertThat(fixture.decide(market(Side.BUY, "5"), a, b).legs())
        .containsExactly(leg("B", "5.000"));
  }

  @Test
  void equalLegsStandInOrderOfTheirVenues() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.10", "2");
    TestVenue b = new TestVenue("B").bid("99.00", "5").ask("100.00", "2");

    assertThat(fixture.decide(market(Side.BUY, "4"), a, b).legs())
        .containsExactly(leg("A", "2.000"), leg("B", "2.000"));
  }

  @Test
  void aShareBelowAVenuesMinimumGoesElsewhere() {
    // A's cheap 0.05 are worth 5, its minimum is 10
    TestVenue a = new TestVenue("A").rules("0.001", "10").bid("99.00", "5").ask("100.00", "0.050");
    TestVenue b = new TestVenue("B").bid("99.00", "5").ask("101.00", "5");

    RoutingDecision decision = fixture.decide(market(Side.BUY, "1"), a, b);

    assertThat(decision.legs()).containsExactly(leg("B", "1.000"));
    assertThat(decision.candidates()).allMatch(Candidate::eligible);
  }

  @Test
  void aLegIsAMultipleOfItsVenuesLot() {
    // A shows 1.750 in lots of 0.5: 1.5 of them; B takes the half that is left
    TestVenue a = new TestVenue("A").rules("0.500", "0").bid("99.00", "5").ask("100.00", "1.750");
    TestVenue b = new TestVenue("B").bid("99.00", "5").ask("101.00", "5");

    assertThat(fixture.decide(market(Side.BUY, "2"), a, b).legs())
        .containsExactly(leg("A", "1.5"), leg("B", "0.500"));
  }

  @Test
  void partsOfALotOnTwoLevelsMakeALot() {
    // 0.3 and 0.2 are one lot of 0.5 at the second level's turn
    TestVenue a =
        new TestVenue("A")
            .rules("0.500", "0")
            .bid("99.00", "5")
            .ask("100.00", "0.300")
            .ask("100.50", "0.200");

    assertThat(fixture.decide(market(Side.BUY, "1"), a).legs()).containsExactly(leg("A", "0.5"));
  }

  @Test
  void namesWhatNoVenueShows() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.00", "2");

    RoutingDecision decision = fixture.decide(market(Side.BUY, "5"), a);

    assertThat(decision.legs()).containsExactly(leg("A", "2.000"));
    assertThat(decision.unroutedQuantity()).isEqualTo("3");
    assertThat(decision.candidates().getFirst().coveredQuantity()).isEqualByComparingTo("2");
  }

  @Test
  void doesNotWalkBeyondTheLimit() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.00", "2").ask("100.01", "5");

    RoutingDecision decision = fixture.decide(limit(Side.BUY, "5", "100.00"), a);

    assertThat(decision.legs())
        .containsExactly(
            new Leg(new Venue("A"), new BigDecimal("2.000"), new BigDecimal("100.00")));
    assertThat(decision.unroutedQuantity()).isEqualTo("3");
  }

  @Test
  void whatARestingOrderCannotTakeRestsAtTheVenueWithTheBestScore() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.00", "2");
    TestVenue b = new TestVenue("B").bid("99.00", "5").ask("100.50", "2");
    fixture.conditions.put(a.venue(), new VenueConditions(0, 1, 0, 0.5, null));

    RoutingDecision decision = fixture.decide(resting(Side.BUY, "5", "100.00"), a, b);

    BigDecimal at = new BigDecimal("100.00");
    assertThat(decision.legs())
        .containsExactly(
            new Leg(new Venue("B"), new BigDecimal("3.000"), at),
            new Leg(new Venue("A"), new BigDecimal("2.000"), at));
    assertThat(decision.unroutedQuantity()).isEqualTo("0");
    assertThat(decision.candidates().get(1).vwap()).isNull();
    assertThat(decision.candidates().get(1).allInBps()).isNull();
  }

  @Test
  void takesOnlyThePolicysShareOfALevel() {
    fixture.policy = new RouterPolicy("half", 2_000, 1, 0.8, 50, 250, QosWeights.DEFAULT, 300_000);
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.00", "2").ask("101.00", "4");

    RoutingDecision decision = fixture.decide(market(Side.BUY, "3"), a);

    // 1 at 100 and 2 at 101: 302 / 3
    assertThat(decision.candidates().getFirst().vwap()).isEqualTo("100.666666666667");
    assertThat(decision.legs()).containsExactly(leg("A", "3.000"));
  }

  @Test
  void isUnroutableForTheReasonThatAllVenuesShare() {
    TestVenue a = new TestVenue("A").rules("0.001", "10").bid("99.00", "5").ask("100.00", "5");
    TestVenue b = new TestVenue("B").rules("0.001", "10").bid("99.00", "5").ask("100.00", "5");

    RoutingDecision decision = fixture.decide(market(Side.BUY, "0.050"), a, b);

    assertThat(decision.legs()).isEmpty();
    assertThat(decision.reason()).isEqualTo("BELOW_MIN_NOTIONAL");
    assertThat(decision.unroutedQuantity()).isEqualTo("0.05");
  }

  @Test
  void saysSoWhenVenuesAreShutForDifferentReasonsOrNoneListsTheSymbol() {
    TestVenue a = new TestVenue("A").rules("0.001", "10").bid("99.00", "5").ask("100.00", "5");
    TestVenue b = new TestVenue("B").rules("1.000", "0").bid("99.00", "5").ask("100.00", "5");

    assertThat(fixture.decide(market(Side.BUY, "0.050"), a, b).reason())
        .isEqualTo("NO_ELIGIBLE_VENUE");
    assertThat(fixture.decide(market(Side.BUY, "0.050")).reason()).isEqualTo("NOT_LISTED");
  }

  @Test
  void isUnroutableWhenEveryShareIsBelowItsVenuesMinimum() {
    // 0.1 in all is worth 10, but each venue shows only half of it
    TestVenue a = new TestVenue("A").rules("0.001", "10").bid("99.00", "5").ask("100.00", "0.050");
    TestVenue b = new TestVenue("B").rules("0.001", "10").bid("99.00", "5").ask("100.00", "0.050");

    RoutingDecision decision = fixture.decide(market(Side.BUY, "0.100"), a, b);

    assertThat(decision.reason()).isEqualTo("BELOW_MIN_NOTIONAL");
    assertThat(decision.candidates()).allMatch(Candidate::eligible);
  }

  @Test
  void refusesAnotherPolicyThanTheRecordedOne() {
    TestVenue a = new TestVenue("A").bid("99.00", "5").ask("100.00", "5");
    RoutingContext context = fixture.context(market(Side.BUY, "1"), a);
    RouterPolicy other =
        new RouterPolicy("other", 2_000, 1, 0.8, 50, 250, QosWeights.DEFAULT, 300_000);

    assertThatThrownBy(() -> Router.decide(context, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }

  private static Leg leg(String venue, String quantity) {
    return new Leg(new Venue(venue), new BigDecimal(quantity), null);
  }
}
