package dev.papertape.command.budget;

import static dev.papertape.command.budget.Ledger.START;
import static dev.papertape.command.budget.Ledger.calendar;
import static dev.papertape.command.budget.Ledger.ended;
import static dev.papertape.command.budget.Ledger.free;
import static dev.papertape.command.budget.Ledger.rolling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.budget.Breaker;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.BudgetEvent.BreakerClosed;
import dev.papertape.contracts.budget.BudgetEvent.BreakerOpened;
import dev.papertape.contracts.budget.BudgetEvent.CallDenied;
import dev.papertape.contracts.budget.BudgetEvent.CallReserved;
import dev.papertape.contracts.budget.BudgetEvent.ProviderCooledDown;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.BudgetEvent.QuotaObserved;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.ProviderStanding;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import dev.papertape.contracts.budget.ReserveReply.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * What may be spent at a provider, by example and by property. Two processes over a real log stand
 * in {@code BudgeterLimitsIT}.
 */
class BudgeterLimitsTest {
  private static final Instant NEXT_MINUTE = START.plusSeconds(60);
  private static final Instant LATE = START.plusSeconds(59);

  // Windows.

  @Test
  void aCalendarWindowIsFreeAgainAtItsEdgeAndNotBefore() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 60, 3));
    for (int call = 0; call < 3; call++) {
      ledger.settle(ledger.granted(LATE), CallOutcome.OK, LATE);
    }
    Denied denied = (Denied) ledger.reserve(LATE);
    assertThat(denied.reason()).isEqualTo(DenialReason.QUOTA_EXHAUSTED);
    assertThat(denied.until()).isEqualTo(NEXT_MINUTE);
    assertThat(ledger.mayCall(NEXT_MINUTE.minusMillis(1))).isFalse();
    assertThat(ledger.mayCall(NEXT_MINUTE)).isTrue();
  }

  @Test
  void aRollingWindowHoldsAcrossTheEdge() {
    Ledger ledger = new Ledger(free(), rolling(QuotaKind.CALLS, 60, 3));
    for (int call = 0; call < 3; call++) {
      ledger.settle(ledger.granted(LATE), CallOutcome.OK, LATE);
    }
    assertThat(ledger.mayCall(NEXT_MINUTE.plusSeconds(30))).isFalse();
    assertThat(ledger.mayCall(LATE.plusSeconds(60))).as("a step is forgotten late").isFalse();
    assertThat(ledger.mayCall(LATE.plusSeconds(62))).isTrue();
  }

  /** Nobody knows in which minute the provider counts a call that is under way at its end. */
  @Test
  void whatIsUnderWayCountsInTheNextWindowToo() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 60, 3));
    String straddling = ledger.granted(LATE);
    assertThat(ledger.taken(NEXT_MINUTE)).isEqualTo(1);
    ledger.settle(straddling, CallOutcome.OK, NEXT_MINUTE.plusSeconds(1));
    assertThat(ledger.settled(NEXT_MINUTE.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void timeNeverRunsBackwards() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 60, 1));
    ledger.settle(ledger.granted(NEXT_MINUTE), CallOutcome.OK, NEXT_MINUTE);
    assertThat(ledger.mayCall(START)).as("an earlier minute is not open again").isFalse();
    assertThat(ledger.state.time()).isEqualTo(NEXT_MINUTE);
  }

  @Test
  void everyWindowMustHaveRoom() {
    Ledger ledger =
        new Ledger(free(), calendar(QuotaKind.WEIGHT, 60, 100), calendar(QuotaKind.CALLS, 3600, 2));
    assertThat(ledger.reserve(60, null, false, START)).isInstanceOf(Granted.class);
    assertThat(((Denied) ledger.reserve(60, null, false, START)).reason())
        .isEqualTo(DenialReason.QUOTA_EXHAUSTED);
    assertThat(ledger.reserve(40, null, false, START)).isInstanceOf(Granted.class);
    assertThat(((Denied) ledger.reserve(1, null, false, START.plusSeconds(20))).until())
        .as("depends on calls under way")
        .isNull();
  }

  @Test
  void oneCallThatIsLargerThanAQuotaNeverFits() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.WEIGHT, 60, 100));
    assertThat(((Denied) ledger.reserve(101, null, false, START)).reason())
        .isEqualTo(DenialReason.NEVER_FITS);
  }

  @Test
  void aShareIsKeptForCriticalCallers() {
    ProviderSettings tenth = new ProviderSettings(free().offers(), null, null, 80, 10);
    Ledger ledger = new Ledger(tenth, calendar(QuotaKind.CALLS, 60, 10));
    for (int call = 0; call < 9; call++) {
      ledger.settle(ledger.granted(START), CallOutcome.OK, START);
    }
    assertThat(ledger.denied(START)).isEqualTo(DenialReason.KEPT_FOR_CRITICAL);
    assertThat(ledger.reserve(1, null, true, START)).isInstanceOf(Granted.class);
    assertThat(((Denied) ledger.reserve(1, null, true, START)).reason())
        .isEqualTo(DenialReason.QUOTA_EXHAUSTED);
  }

  @Test
  void theStandingFollowsTheFullestWindow() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 60, 5));
    for (int call = 0; call < 3; call++) {
      ledger.settle(ledger.granted(START), CallOutcome.OK, START);
    }
    assertThat(ledger.state.standing(START)).isEqualTo(ProviderStanding.OK);
    ledger.granted(START);
    assertThat(ledger.state.standing(START)).isEqualTo(ProviderStanding.SOFT_LIMIT);
    ledger.granted(START);
    assertThat(ledger.state.standing(START)).isEqualTo(ProviderStanding.EXHAUSTED);
  }

  // Money.

  @Test
  void unknownCostReservesTheCeilingAndSettlesAtWhatItWas() {
    Ledger ledger =
        new Ledger(Ledger.settings("USD", null, 50L), calendar(QuotaKind.COST, 86_400, 100));
    Granted granted = (Granted) ledger.reserve(START);
    assertThat(granted.costMicros()).isEqualTo(50);
    ledger.settle(
        new SettleCall(
            Ledger.NAME,
            granted.reservationId(),
            CallOutcome.OK,
            200,
            true,
            7L,
            1,
            List.of(),
            null,
            false,
            START));
    assertThat(ledger.state.settledMicros()).isEqualTo(7);
    assertThat(ledger.taken(START)).isEqualTo(7);
  }

  @Test
  void unknownCostWithoutACeilingIsRefused() {
    Ledger ledger = new Ledger(Ledger.settings("USD", null, null));
    assertThat(ledger.denied(START)).isEqualTo(DenialReason.UNKNOWN_COST);
  }

  @Test
  void aBudgetOfMoneyIsNeverPassed() {
    Ledger ledger =
        new Ledger(Ledger.settings("USD", 40L, null), calendar(QuotaKind.COST, 86_400, 100));
    assertThat(ledger.mayCall(START)).isTrue();
    assertThat(ledger.mayCall(START)).isTrue();
    assertThat(ledger.denied(START)).isEqualTo(DenialReason.BUDGET_EXHAUSTED);
  }

  @Test
  void whatCannotBeAskedForIsDenied() {
    Ledger ledger = new Ledger(free());
    Denied denied =
        (Denied)
            ledger.reserve(
                new ReserveCall(
                    Ledger.NAME, "x", Capability.TRADES, 1, 0, null, false, LATE, START));
    assertThat(denied.reason()).isEqualTo(DenialReason.NO_CAPABILITY);
  }

  // Reserve, settle, expire.

  @Test
  void aCallThatNeverLeftUsesNothing() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 60, 1));
    ledger.settle(
        new SettleCall(
            Ledger.NAME,
            ledger.granted(START),
            CallOutcome.FAILED,
            null,
            false,
            null,
            1,
            List.of(),
            null,
            false,
            START));
    assertThat(ledger.taken(START)).isZero();
    assertThat(ledger.mayCall(START)).isTrue();
  }

  @Test
  void aTimedOutCallSettlesAtAllThatItMayHaveUsed() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.WEIGHT, 60, 100));
    Granted granted = (Granted) ledger.reserve(30, null, false, START);
    ledger.settle(granted.reservationId(), CallOutcome.TIMED_OUT, START.plusSeconds(10));
    assertThat(ledger.taken(START.plusSeconds(10))).isEqualTo(30);
    assertThat(ledger.state.calls().timedOut()).isEqualTo(1);
  }

  @Test
  void whatNobodySettlesExpiresAtItsDeadlineAtItsWorstCase() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 3600, 5));
    String lost = ledger.granted(START);
    Instant deadline = START.plus(Ledger.PATIENCE);
    assertThat(ledger.expire(deadline.minusMillis(1))).isEmpty();
    assertThat(ledger.expire(deadline)).hasSize(1);
    assertThat(ledger.expire(deadline)).as("once").isEmpty();
    assertThat(ledger.state.open()).isEmpty();
    assertThat(ledger.settled(deadline)).isEqualTo(1);
    assertThat(ledger.state.expired()).containsKey(lost);
  }

  @Test
  void aReservationThatIsDueExpiresBeforeTheNextIsDecided() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 20, 1));
    ledger.granted(START);
    assertThat(ledger.mayCall(START.plusSeconds(29))).as("still under way").isFalse();
    assertThat(ledger.mayCall(START.plusSeconds(60))).isTrue();
    assertThat(ledger.state.calls().expired()).isEqualTo(1);
  }

  @Test
  void aLateSettlementCorrectsTheExpiryWithoutCountingTwice() {
    Ledger ledger =
        new Ledger(Ledger.settings("USD", 40L, null), calendar(QuotaKind.COST, 86_400, 1000));
    String slow = ledger.granted(START);
    ledger.expire(START.plus(Ledger.PATIENCE));
    assertThat(ledger.settled(LATE)).isEqualTo(40);
    ledger.settle(
        new SettleCall(
            Ledger.NAME, slow, CallOutcome.OK, 200, true, 15L, 1, List.of(), null, false, LATE));
    assertThat(ledger.settled(LATE)).isEqualTo(15);
    assertThat(ledger.state.settledMicros()).isEqualTo(15);
    assertThat(ledger.state.calls().expired()).isZero();
    assertThat(ledger.settle(slow, CallOutcome.OK, LATE)).as("a second time").isEmpty();
  }

  @Test
  void tooManyAtOnceAreRefusedSoThatTheLedgerStaysSmall() {
    Ledger ledger = new Ledger(free());
    for (int call = 0; call < ProviderState.MOST_OPEN; call++) {
      assertThat(ledger.mayCall(START)).isTrue();
    }
    assertThat(ledger.denied(START)).isEqualTo(DenialReason.TOO_MANY_IN_FLIGHT);
  }

  // What the provider says.

  @Test
  void theLargerOfBothCountsHolds() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.WEIGHT, 60, 100));
    Granted first = (Granted) ledger.reserve(10, null, false, START);
    List<ProviderEvent> events =
        ledger.settle(Ledger.observing(first.reservationId(), 70, START.plusSeconds(1)));
    assertThat(events).hasAtLeastOneElementOfType(QuotaObserved.class);
    assertThat(ledger.taken(START.plusSeconds(1))).as("others use it too").isEqualTo(70);
    assertThat(ledger.reserve(31, null, false, START.plusSeconds(2))).isInstanceOf(Denied.class);
    Granted second = (Granted) ledger.reserve(30, null, false, START.plusSeconds(2));
    assertThat(ledger.settle(Ledger.observing(second.reservationId(), 100, START.plusSeconds(3))))
        .as("no news")
        .hasSize(1);
    assertThat(ledger.taken(NEXT_MINUTE)).as("their use ends with the minute").isZero();
  }

  /** While calls go on, what others have used must not be renewed by every one of them. */
  @Test
  void Bug_6_theExcessOfARollingWindowNeverFell() {
    Ledger ledger = new Ledger(free(), rolling(QuotaKind.WEIGHT, 60, 100));
    ledger.settle(Ledger.observing(ledger.granted(START), 81, START));
    assertThat(ledger.taken(START)).as("1 of ours, 80 of others").isEqualTo(81);
    assertThat(ledger.settle(Ledger.observing(ledger.granted(START), 41, START)))
        .as("in the same step the larger holds")
        .hasSize(1);
    assertThat(ledger.taken(START)).isEqualTo(82);
    for (int second = 2; second <= 10; second += 2) {
      Instant at = START.plusSeconds(second);
      String id = ledger.granted(at);
      ledger.settle(Ledger.observing(id, ledger.settled(at) + 1 + 80 - second * 8L, at));
      assertThat(ledger.taken(at)).isEqualTo(ledger.settled(at) + 80 - second * 8L);
    }
  }

  @Test
  void whatACallTellsThatStraddlesTwoMinutesIsLeftOut() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.WEIGHT, 60, 100));
    String straddling = ledger.granted(LATE);
    ledger.settle(Ledger.observing(straddling, 90, NEXT_MINUTE));
    assertThat(ledger.taken(NEXT_MINUTE)).isEqualTo(1);
  }

  @Test
  void afterA429NothingIsAskedUntilItsRetryAfter() {
    Ledger ledger = new Ledger(free());
    Instant until = START.plusSeconds(30);
    ledger.settle(Ledger.limited(ledger.granted(START), until, false, START));
    assertThat(ledger.state.standing(START)).isEqualTo(ProviderStanding.COOLING_DOWN);
    assertThat(ledger.denied(until.minusMillis(1))).isEqualTo(DenialReason.COOLING_DOWN);
    assertThat(ledger.mayCall(until)).isTrue();
  }

  @Test
  void a418IsABanAndA429OfACallThatWasUnderWayDoesNotShortenIt() {
    Ledger ledger = new Ledger(free());
    String first = ledger.granted(START);
    String second = ledger.granted(START);
    Instant until = START.plusSeconds(120);
    ledger.settle(Ledger.limited(first, until, true, START));
    assertThat(ledger.settle(Ledger.limited(second, START.plusSeconds(5), false, START)))
        .doesNotHaveAnyElementsOfTypes(ProviderCooledDown.class);
    assertThat(ledger.state.standing(LATE)).isEqualTo(ProviderStanding.BANNED);
    assertThat(ledger.denied(LATE)).isEqualTo(DenialReason.BANNED);
  }

  @Test
  void Bug_6_aBanAfterALongerWaitShortenedIt() {
    Ledger ledger = new Ledger(free());
    String first = ledger.granted(START);
    String second = ledger.granted(START);
    Instant until = START.plusSeconds(120);
    ledger.settle(Ledger.limited(first, until, false, START));
    assertThat(ledger.settle(Ledger.limited(second, START.plusSeconds(5), true, START)))
        .contains(new ProviderCooledDown(Ledger.NAME, true, until, START));
    assertThat(ledger.denied(until.minusMillis(1))).isEqualTo(DenialReason.BANNED);
    assertThat(ledger.mayCall(until)).isTrue();
  }

  @Test
  void Bug_6_aLongerWaitAfterABanLiftedTheBan() {
    Ledger ledger = new Ledger(free());
    String first = ledger.granted(START);
    String second = ledger.granted(START);
    Instant until = START.plusSeconds(120);
    ledger.settle(Ledger.limited(first, START.plusSeconds(5), true, START));
    assertThat(ledger.settle(Ledger.limited(second, until, false, START)))
        .contains(new ProviderCooledDown(Ledger.NAME, true, until, START));
    assertThat(ledger.state.standing(LATE)).isEqualTo(ProviderStanding.BANNED);
    assertThat(ledger.denied(until.minusMillis(1))).isEqualTo(DenialReason.BANNED);

    ledger.settle(Ledger.limited(ledger.granted(until), until.plusSeconds(5), false, until));
    assertThat(ledger.denied(until)).as("that ban is over").isEqualTo(DenialReason.COOLING_DOWN);
  }

  @Test
  void theBreakerOpensLetsOneTryAndClosesOrStaysOpenLonger() {
    Ledger ledger = new Ledger(free());
    for (int call = 0; call < Breaker.MOST_FAILURES; call++) {
      ledger.settle(ledger.granted(START), CallOutcome.TIMED_OUT, START);
    }
    assertThat(ledger.events.getLast()).isInstanceOf(BreakerOpened.class);
    assertThat(ledger.state.standing(START)).isEqualTo(ProviderStanding.UNKNOWN);
    assertThat(ledger.denied(START.plusSeconds(4))).isEqualTo(DenialReason.BREAKER_OPEN);

    String probe = ledger.granted(START.plusSeconds(5));
    assertThat(ledger.denied(START.plusSeconds(5))).isEqualTo(DenialReason.BREAKER_OPEN);
    ledger.settle(probe, CallOutcome.FAILED, START.plusSeconds(6));
    assertThat(ledger.denied(START.plusSeconds(15)))
        .as("10 s now")
        .isEqualTo(DenialReason.BREAKER_OPEN);

    ledger.settle(ledger.granted(START.plusSeconds(16)), CallOutcome.OK, START.plusSeconds(17));
    assertThat(ledger.events.getLast()).isInstanceOf(BreakerClosed.class);
    assertThat(ledger.mayCall(START.plusSeconds(17))).isTrue();
  }

  @Test
  void anAnswerBetweenFailuresKeepsTheBreakerClosed() {
    Ledger ledger = new Ledger(free());
    for (int call = 0; call < 20; call++) {
      ledger.settle(
          ledger.granted(START), call % 3 == 2 ? CallOutcome.REFUSED : CallOutcome.FAILED, START);
    }
    assertThat(ledger.events).doesNotHaveAnyElementsOfTypes(BreakerOpened.class);
  }

  // Denials.

  @Test
  void aStormOfDenialsIsOneEventAndACount() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 60, 1));
    ledger.settle(ledger.granted(START), CallOutcome.OK, START);
    for (int call = 0; call < 1000; call++) {
      assertThat(ledger.mayCall(START.plusMillis(call))).isFalse();
    }
    ledger.count(DenialReason.QUOTA_EXHAUSTED, 999, NEXT_MINUTE);
    assertThat(ledger.events.stream().filter(CallDenied.class::isInstance)).hasSize(2);
    assertThat(ledger.state.calls().denied()).isEqualTo(1000);
    assertThat(ledger.mayCall(NEXT_MINUTE)).isTrue();
  }

  @Test
  void moreRoomHoldsAtOnceAndWhatWasUsedCountsOn() {
    Ledger ledger = new Ledger(free(), calendar(QuotaKind.CALLS, 60, 1));
    ledger.settle(ledger.granted(START), CallOutcome.OK, START);
    assertThat(ledger.mayCall(START)).isFalse();
    ledger.put(free(), START, calendar(QuotaKind.CALLS, 60, 2));
    assertThat(ledger.mayCall(START)).isTrue();
    assertThat(ledger.mayCall(START)).isFalse();
  }

  @Test
  void Bug_6_anotherAlignmentOrPeriodForgotWhatWasUsed() {
    Quota calendar = calendar(QuotaKind.CALLS, 60, 3);
    for (Quota other :
        List.of(
            rolling(QuotaKind.CALLS, 60, 3),
            calendar(QuotaKind.CALLS, 120, 3),
            calendar(QuotaKind.CALLS, 30, 3))) {
      Ledger ledger = new Ledger(free(), calendar, calendar(QuotaKind.WEIGHT, 60, 100));
      for (int call = 0; call < 2; call++) {
        ledger.settle(ledger.granted(START), CallOutcome.OK, START);
      }
      ledger.granted(START); // Under way: it counts in whichever window.
      ledger.put(free(), START.plusSeconds(1), other, calendar(QuotaKind.ORDERS, 60, 1));
      assertThat(ledger.taken(START.plusSeconds(1))).as(other.toString()).isEqualTo(3);
      assertThat(ledger.mayCall(START.plusSeconds(1))).as(other.toString()).isFalse();
      assertThat(ledger.mayCall(START.plusSeconds(125))).as("a period later").isTrue();
      assertThat(ledger.state.windows().getLast().usedAt(START.plusSeconds(1)))
          .as("of a kind that nothing counted before")
          .isZero();
    }
  }

  @Test
  void theSameSettingsAgainAreNoNews() {
    Quota quota = calendar(QuotaKind.CALLS, 60, 1);
    Ledger ledger = new Ledger(free(), quota);
    ledger.put(free(), START, quota);
    assertThat(ledger.events).hasSize(1);
  }

  // At once.

  @Test
  void twoHundredCallersAtOnceGetAHundredCallsAMinute() throws Exception {
    LocalBudget budget =
        new LocalBudget()
            .register(
                new ProviderRegistered(
                    Ledger.NAME, free(), List.of(calendar(QuotaKind.CALLS, 60, 100)), START));
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int caller = 0; caller < 200; caller++) {
      String id = "c" + caller;
      callers.add(
          () -> {
            boolean granted =
                budget.reserve(
                        new ReserveCall(
                            Ledger.NAME, id, Capability.PRICE, 1, 0, null, false, LATE, START))
                    instanceof Granted;
            if (granted) {
              budget.settle(ended(id, CallOutcome.OK, START));
            }
            return granted;
          });
    }
    int granted = 0;
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> reply : pool.invokeAll(callers)) {
        granted += reply.get() ? 1 : 0;
      }
    }
    assertThat(granted).isEqualTo(100);
    assertThat(budget.states().getFirst().open()).isEmpty();
  }

  // Properties.

  /** Whatever is reserved, settled and lost in whatever order, at whatever times. */
  @Property(tries = 150)
  void reservedAndSettledAreNeverAboveALimit(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int limit,
      @ForAll @IntRange(min = 1, max = 30) int seconds) {
    Random random = new Random(seed);
    Ledger ledger =
        new Ledger(
            Ledger.settings("USD", 10L, null),
            calendar(QuotaKind.CALLS, seconds, limit),
            rolling(QuotaKind.WEIGHT, seconds, 5L * limit),
            calendar(QuotaKind.COST, 3600, 10L * limit * 20));
    Instant at = START;
    List<String> open = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      at = at.plusMillis(random.nextInt(seconds * 200) - 100L); // Clocks step back, too.
      if (random.nextInt(3) > 0) {
        if (ledger.reserve(1 + random.nextInt(5), null, false, at) instanceof Granted granted) {
          open.add(granted.reservationId());
        }
      } else if (!open.isEmpty() && random.nextBoolean()) {
        String id = open.remove(random.nextInt(open.size()));
        CallOutcome[] outcomes = {CallOutcome.OK, CallOutcome.REFUSED, CallOutcome.CANCELLED};
        ledger.settle(id, outcomes[random.nextInt(outcomes.length)], at);
      }
      for (var window : ledger.state.windows()) {
        assertThat(ledger.state.taken(window, ledger.state.time()))
            .isBetween(0L, window.quota().limit());
      }
    }
    assertThat(mostInACalendarWindow(ledger.events, seconds)).isLessThanOrEqualTo(limit);
    assertThat(mostWeightInAnyPeriod(ledger.events, seconds)).isLessThanOrEqualTo(5L * limit);
    assertThat(replayed(ledger.events)).isEqualTo(ledger.state);
  }

  @Property(tries = 100)
  void settlingTwiceChangesNothingAndOrderDoesNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    Ledger one = new Ledger(Ledger.settings("USD", 10L, null), rolling(QuotaKind.WEIGHT, 60, 1000));
    List<SettleCall> ends = new ArrayList<>();
    for (int call = 0; call < 12; call++) {
      Granted granted =
          (Granted) one.reserve(random.nextInt(20), null, false, START.plusMillis(call));
      CallOutcome outcome = random.nextBoolean() ? CallOutcome.OK : CallOutcome.REFUSED;
      ends.add(
          new SettleCall(
              Ledger.NAME,
              granted.reservationId(),
              outcome,
              200,
              random.nextInt(4) > 0,
              random.nextBoolean() ? null : Long.valueOf(random.nextInt(10)),
              5,
              List.of(),
              null,
              false,
              START.plusSeconds(1)));
    }
    Ledger other = new Ledger((ProviderRegistered) one.events.getFirst());
    one.events.stream().skip(1).forEach(event -> other.state = other.state.after(event));
    ends.forEach(one::settle);
    Collections.shuffle(ends, random);
    for (var end : ends) {
      other.settle(end);
      assertThat(other.settle(end)).isEmpty();
    }
    assertThat(other.state).isEqualTo(one.state);
    assertThat(one.state.open()).isEmpty();
  }

  /** A snapshot holds the state as JSON. */
  @Property(tries = 30)
  void theStateSurvivesJson(@ForAll long seed) {
    Random random = new Random(seed);
    Ledger ledger = new Ledger(free(), rolling(QuotaKind.WEIGHT, 60, 100));
    for (int call = 0; call < 20; call++) {
      Instant at = START.plusMillis(call * 700L);
      if (ledger.reserve(random.nextInt(9), null, false, at) instanceof Granted granted
          && random.nextInt(3) > 0) {
        ledger.settle(
            random.nextBoolean()
                ? Ledger.observing(granted.reservationId(), random.nextInt(90), at)
                : ended(granted.reservationId(), CallOutcome.TIMED_OUT, at));
      }
    }
    ledger.expire(START.plusSeconds(35));
    byte[] json = MemoryLog.json().write(ledger.state);
    assertThat(MemoryLog.json().read(json, ProviderState.class)).isEqualTo(ledger.state);
  }

  private static ProviderState replayed(List<ProviderEvent> events) {
    ProviderState state = null;
    for (ProviderEvent event : events) {
      state = ProviderState.after(state, event);
    }
    return Objects.requireNonNull(state);
  }

  private static long mostInACalendarWindow(List<ProviderEvent> events, int seconds) {
    return events.stream()
        .filter(CallReserved.class::isInstance)
        .collect(
            Collectors.groupingBy(
                event -> event.at().toEpochMilli() / (seconds * 1000L), Collectors.counting()))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  private static long mostWeightInAnyPeriod(List<ProviderEvent> events, int seconds) {
    List<CallReserved> calls =
        events.stream()
            .filter(CallReserved.class::isInstance)
            .map(CallReserved.class::cast)
            .toList();
    long most = 0;
    for (CallReserved last : calls) {
      Instant from = last.at().minus(Duration.ofSeconds(seconds));
      most =
          Math.max(
              most,
              calls.stream()
                  .filter(call -> call.at().isAfter(from) && !call.at().isAfter(last.at()))
                  .filter(call -> calls.indexOf(call) <= calls.indexOf(last))
                  .mapToLong(CallReserved::weight)
                  .sum());
    }
    return most;
  }
}
