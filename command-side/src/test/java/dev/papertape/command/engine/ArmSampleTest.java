package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.deploy.Releases.Assignment;
import dev.papertape.command.deploy.Releases.Trial;
import dev.papertape.command.deploy.rollout.ArmAssignment;
import dev.papertape.command.engine.OrderEvaluation.Outcome;
import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.guards.GuardVerdict;
import dev.papertape.command.router.RoutingContexts;
import dev.papertape.command.router.VenueConditions;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An order of 1 at mids of 100; A asks 101.00 (100 bps), B 101.02 (102). */
class ArmSampleTest {
  private static final ReleasePolicy BASELINE = ReleasePolicy.baseline("r1");
  private static final ReleasePolicy NEXT =
      new ReleasePolicy(
          "next", BASELINE.router(), BASELINE.limits(), BASELINE.sizing(), BASELINE.alpha());
  private static final Trial TRIAL =
      new Trial(
          "ro-1", NEXT, RolloutPolicy.STANDARD, 50, true, new ArmAssignment("ro-1", 50), false);

  @Test
  void aChoiceThatCostsMoreThanTheThresholdIsWorse() {
    assertThat(sample(Arm.CANDIDATE, routed("A", "1"), routed("B", "1")).worse()).isTrue();
    assertThat(sample(Arm.CANDIDATE, routed("B", "1"), routed("A", "1")).worse()).isFalse();
    assertThat(sample(Arm.CANDIDATE, routed("A", "1"), routed("A", "1")).worse()).isFalse();
  }

  @Test
  void theControlArmIsTheMirror() {
    assertThat(sample(Arm.CONTROL, routed("B", "1"), routed("A", "1")).worse()).isTrue();
    assertThat(sample(Arm.CONTROL, routed("A", "1"), routed("B", "1")).worse()).isFalse();
  }

  @Test
  void leavingMoreUnroutedIsWorseHoweverCheap() {
    assertThat(sample(Arm.CANDIDATE, routed("B", "1"), routed("A", "0.5")).worse()).isTrue();
    assertThat(sample(Arm.CANDIDATE, routed("B", "1"), unroutable()).worse()).isTrue();
  }

  @Test
  void findingNoVenueIsAnErrorAndThrowingToo() {
    assertThat(sample(Arm.CANDIDATE, routed("A", "1"), unroutable()).error()).isTrue();
    assertThat(sample(Arm.CONTROL, unroutable(), routed("A", "1")).error()).isTrue();
    assertThat(sample(Arm.CANDIDATE, routed("A", "1"), null).error()).isTrue();
    assertThat(sample(Arm.CANDIDATE, routed("A", "1"), routed("B", "1")).error()).isFalse();
    assertThat(sample(Arm.CONTROL, routed("A", "1"), null).error()).isFalse();
  }

  @Test
  void legsThatDoNotAddUpAreAnError() {
    RoutingDecision tooMuch =
        new RoutingDecision(List.of(), List.of(leg("A", "2")), BigDecimal.ZERO, null);
    assertThat(sample(Arm.CANDIDATE, routed("A", "1"), tooMuch).error()).isTrue();
  }

  @Test
  void guardsThatSeeNoMarketWhereTheOthersDoAreAnError() {
    Outcome blind = blocked(GuardName.STALE_DATA);
    Outcome sees = outcome(BASELINE, routed("A", "1"), TimeInForce.IOC);
    ArmSample alone = sample(Arm.CANDIDATE, sees, blind, true);
    assertThat(alone.error()).isTrue();
    assertThat(alone.worse()).isTrue();
    assertThat(alone.isTimed()).isFalse();
    assertThat(sample(Arm.CONTROL, sees, blind, false).worse()).isFalse();

    ArmSample both = sample(Arm.CANDIDATE, blocked(GuardName.STALE_DATA), blind, true);
    assertThat(both.error()).isNull();
    assertThat(both.worse()).isNull();
  }

  @Test
  void aLimitIsAChoiceAndNoSample() {
    Outcome limited = blocked(GuardName.MAX_NOTIONAL);
    Outcome passes = outcome(BASELINE, routed("A", "1"), TimeInForce.IOC);
    ArmSample sample = sample(Arm.CANDIDATE, passes, limited, true);
    assertThat(sample.error()).isNull();
    assertThat(sample.worse()).isNull();
    assertThat(sample(Arm.CONTROL, passes, limited, false).worse()).isNull();
  }

  @Test
  void anOrderThatMayRestGivesTheErrorRateAlone() {
    ArmSample sample =
        sample(
            Arm.CANDIDATE,
            outcome(BASELINE, routed("A", "1"), TimeInForce.GTC),
            outcome(NEXT, routed("B", "1"), TimeInForce.GTC),
            true);
    assertThat(sample.error()).isFalse();
    assertThat(sample.worse()).isNull();
    assertThat(sample.isTimed()).isFalse();
  }

  @Test
  void onlyTheDecisionThatIsDoneIsTimed() {
    assertThat(sample(Arm.CANDIDATE, routed("A", "1"), routed("B", "1")).isTimed()).isTrue();
    Outcome baseline = outcome(BASELINE, routed("A", "1"), TimeInForce.IOC);
    Outcome candidate = outcome(NEXT, routed("B", "1"), TimeInForce.IOC);
    assertThat(sample(Arm.CANDIDATE, baseline, candidate, false).isTimed()).isFalse();
    assertThat(sample(Arm.CONTROL, baseline, candidate, false).isTimed()).isTrue();
  }

  private static ArmSample sample(Arm arm, RoutingDecision baseline, RoutingDecision candidate) {
    return sample(
        arm,
        outcome(BASELINE, baseline, TimeInForce.IOC),
        candidate == null ? null : outcome(NEXT, candidate, TimeInForce.IOC),
        arm == Arm.CANDIDATE && candidate != null);
  }

  private static ArmSample sample(
      Arm arm, Outcome baseline, Outcome candidate, boolean candidateExecutes) {
    Assignment assignment = new Assignment(arm, BASELINE, NEXT, candidateExecutes);
    return ArmSample.of(
        new ArmOutcomes(
            assignment,
            candidateExecutes ? candidate : baseline,
            baseline,
            candidate,
            candidate == null),
        TRIAL);
  }

  private static Outcome outcome(
      ReleasePolicy policy, RoutingDecision decision, TimeInForce timeInForce) {
    return new Outcome(policy, context(timeInForce), new GuardVerdict.Passed(), decision);
  }

  private static Outcome blocked(GuardName reason) {
    return new Outcome(
        NEXT,
        context(TimeInForce.IOC),
        new GuardVerdict.Blocked(reason, "test", new TreeMap<>()),
        null);
  }

  private static RoutingDecision routed(String venue, String quantity) {
    return new RoutingDecision(
        List.of(),
        List.of(leg(venue, quantity)),
        BigDecimal.ONE.subtract(new BigDecimal(quantity)),
        null);
  }

  private static RoutingDecision unroutable() {
    return new RoutingDecision(List.of(), List.of(), BigDecimal.ONE, "STALE");
  }

  private static Leg leg(String venue, String quantity) {
    return new Leg(new Venue(venue), new BigDecimal(quantity), null);
  }

  private static RoutingContext context(TimeInForce timeInForce) {
    BigDecimal limit = timeInForce == TimeInForce.GTC ? new BigDecimal("105") : null;
    return new RoutingContexts(
            BASELINE.router(), "r1", _ -> new VenueConditions(0, 1, 0, 1, null), _ -> null)
        .of(
            new OrderIntent(
                TestVenue.BTC, Side.BUY, BigDecimal.ONE, limit, timeInForce, "alpha", null),
            List.of(
                new TestVenue("A").bid("99.00", "5").ask("101.00", "5"),
                new TestVenue("B").bid("98.98", "5").ask("101.02", "5")),
            new RoutingContexts.Moment(
                1, TestVenue.NOON, BigDecimal.ZERO, BigDecimal.TEN, TradingState.ACTIVE, 0, null));
  }
}
