package dev.papertape.command.router;

import static dev.papertape.command.router.RoutingFixture.market;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both venues' mids are 100, so a price of 101 costs 100 bps. */
class RoutedCostTest {
  private final RoutingFixture fixture = new RoutingFixture();
  private final TestVenue a = new TestVenue("A").bid("99.00", "5").ask("101.00", "2");
  private final TestVenue b = new TestVenue("B").fees(0, 10).bid("99.00", "5").ask("101.00", "1");
  private final RoutingContext quotes = fixture.context(market(Side.BUY, "4"), deeper(a), b);

  private static TestVenue deeper(TestVenue venue) {
    return venue.ask("102.00", "2");
  }

  @Test
  void aLegCostsWhatItWalksAtItsOwnSize() {
    assertThat(bps(leg("A", "2"))).isCloseTo(100, within(1e-9));
    assertThat(bps(leg("A", "4"))).as("vwap 101.5").isCloseTo(150, within(1e-9));
  }

  @Test
  void legsAreWeightedByQuantityAndCarryTheirFees() {
    // (2 · 100 + 1 · (100 + 10)) / 3
    assertThat(bps(leg("A", "2"), leg("B", "1"))).isCloseTo(310 / 3.0, within(1e-9));
  }

  @Test
  void oneLegOfTheWholeOrderCostsWhatItsCandidateSays() {
    RoutingDecision decision = fixture.decide(market(Side.BUY, "2"), a);
    assertThat(
            RoutedCost.bps(
                fixture.context(market(Side.BUY, "2"), a), decision.legs(), fixture.policy))
        .isEqualTo(decision.candidates().getFirst().allInBps());
  }

  @Test
  void nothingRoutedAndUnknownVenuesHaveNoCost() {
    assertThat(bps()).isNull();
    assertThat(bps(leg("Z", "1"))).isNull();
  }

  private Double bps(Leg... legs) {
    return RoutedCost.bps(quotes, List.of(legs), fixture.policy);
  }

  private static Leg leg(String venue, String quantity) {
    return new Leg(new Venue(venue), new BigDecimal(quantity), null);
  }
}
