package dev.papertape.command.budget;

import static dev.papertape.command.budget.Ledger.NAME;
import static dev.papertape.command.budget.Ledger.START;
import static dev.papertape.command.budget.Ledger.calendar;
import static dev.papertape.command.budget.Ledger.free;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.ConflictRetry;
import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetCommand.CountDenials;
import dev.papertape.contracts.budget.BudgetCommand.ExpireReservations;
import dev.papertape.contracts.budget.BudgetCommand.InspectProvider;
import dev.papertape.contracts.budget.BudgetCommand.PutProvider;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.BudgetEvent.CallDenied;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.budget.ReserveReply;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import dev.papertape.contracts.budget.ReserveReply.Granted;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is kept beside the ledger's events, over a ledger that is away at times. */
class LedgerBudgetTest {
  private static final Quota ONE = calendar(QuotaKind.CALLS, 60, 1);
  private static final Instant NEXT_MINUTE = START.plusSeconds(60);

  /** The provider's time. */
  private Instant now = START;

  /** Our clock less the provider's. */
  private Duration ahead = Duration.ZERO;

  private final Ledger ledger = new Ledger(free(), ONE);
  private final LedgerBudget budget =
      new LedgerBudget(
          this::send,
          new ConflictRetry(new Random(1)),
          new BudgetMetrics(new SimpleMeterRegistry()),
          () -> now.plus(ahead));
  private final ProviderClocks clocks = new ProviderClocks(() -> now.plus(ahead));

  private boolean away;
  private long reservesSeen;

  private Object send(BudgetCommand command) {
    if (away) {
      throw new IllegalStateException("no database");
    }
    return switch (command) {
      case ReserveCall call -> {
        reservesSeen++;
        yield ledger.reserve(call);
      }
      case SettleCall call -> ledger.settle(call);
      case CountDenials denials -> {
        ledger.count(denials);
        yield denials;
      }
      case ExpireReservations due -> ledger.expire(due.at());
      case InspectProvider _ -> ledger.state;
      case RegisterProvider _, PutProvider _ ->
          throw new AssertionError("nobody asked for " + command);
    };
  }

  private ReserveReply reserve(String id) {
    return budget.reserve(
        new ReserveCall(
            NAME, id, Capability.PRICE, 1, 0, null, false, now.plus(Ledger.PATIENCE), now));
  }

  private void tidy() {
    budget.tidy(List.of(NAME), provider -> now);
  }

  private void useUp() {
    assertThat(reserve("first")).isInstanceOf(Granted.class);
    budget.settle(Ledger.ended("first", CallOutcome.OK, now));
  }

  private void deny(int calls) {
    for (int call = 0; call < calls; call++) {
      assertThat(reserve("more" + call)).isInstanceOf(Denied.class);
      now = now.plusMillis(5);
    }
  }

  private List<CallDenied> denials() {
    return ledger.events.stream()
        .filter(CallDenied.class::isInstance)
        .map(CallDenied.class::cast)
        .toList();
  }

  @Test
  void aThousandDenialsAreOneEventAndOneCount() {
    useUp();
    deny(1000);
    tidy();
    assertThat(denials()).as("the rest waits for the reset").hasSize(1);
    assertThat(reservesSeen).as("the ledger is asked about once a second").isBetween(5L, 8L);

    now = NEXT_MINUTE;
    tidy();
    tidy();
    assertThat(denials()).extracting(CallDenied::count).containsExactly(1L, 999L);
    assertThat(denials().getLast())
        .isEqualTo(
            new CallDenied(
                NAME,
                Capability.PRICE,
                DenialReason.QUOTA_EXHAUSTED,
                "999 more",
                NEXT_MINUTE,
                999,
                NEXT_MINUTE));
    assertThat(ledger.state.calls().denied()).isEqualTo(1000);
  }

  @Test
  void Bug_5_denialsThatWereCountedDuringAnOutageWereLost() {
    useUp();
    deny(10);
    now = NEXT_MINUTE;
    away = true;
    tidy();
    budget.countDenials(true);
    assertThat(denials()).extracting(CallDenied::count).containsExactly(1L);

    away = false;
    tidy();
    tidy();
    assertThat(denials()).extracting(CallDenied::count).containsExactly(1L, 9L);
    assertThat(ledger.state.calls().denied()).isEqualTo(10);
  }

  @Test
  void whatIsDeniedAfterAnOutageAddsToWhatWasKept() {
    useUp();
    deny(10);
    away = true;
    budget.countDenials(true);
    away = false;
    deny(10);
    now = NEXT_MINUTE;
    tidy();
    assertThat(denials()).extracting(CallDenied::count).containsExactly(1L, 19L);
  }

  @Test
  void aSettlementDuringAnOutageIsWrittenLaterOnce() {
    assertThat(reserve("first")).isInstanceOf(Granted.class);
    away = true;
    budget.settle(Ledger.ended("first", CallOutcome.OK, now));
    tidy();
    assertThat(ledger.state.open()).hasSize(1);

    away = false;
    tidy();
    tidy();
    assertThat(ledger.state.open()).isEmpty();
    assertThat(ledger.state.calls().ok()).isEqualTo(1);
    assertThat(ledger.settled(now)).isEqualTo(1);
  }

  @Test
  void nobodyIsAskedWhileTheLedgerIsAway() {
    away = true;
    assertThat(reserve("first"))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> assertThat(denied.reason()).isEqualTo(DenialReason.LEDGER_UNAVAILABLE));
    away = false;
    assertThat(reserve("second")).isInstanceOf(Granted.class);
  }

  @Test
  void Bug_5_aLedgerWentAheadWithOurClockWhenDenialsWereCounted() {
    ahead = Duration.ofMinutes(2);
    useUp();
    deny(10);
    now = NEXT_MINUTE;
    tidy();
    assertThat(denials().getLast().count()).isEqualTo(9);
    assertThat(ledger.state.time()).isEqualTo(NEXT_MINUTE);
  }

  @Test
  void Bug_5_aLedgerWentAheadWithOurClockWhenItWasTidiedBeforeTheProvidersWasKnown() {
    ahead = Duration.ofMinutes(2);
    Function<String, RegisterProvider> registration =
        name -> new RegisterProvider(name, free(), List.of(ONE), START);
    ProviderKeeper keeper =
        new ProviderKeeper(List.of(registration.apply(NAME)), begun -> {}, budget, clocks);
    assertThat(reserve("lost")).isInstanceOf(Granted.class);
    keeper.tidy();
    assertThat(ledger.state.time()).isEqualTo(START);
    assertThat(ledger.state.open()).as("is not due by the provider's time").hasSize(1);

    Instant ours = now.plus(ahead);
    clocks.observed(NAME, ours, ours, now, now);
    keeper.tidy();
    assertThat(ledger.state.open()).hasSize(1);
    now = now.plus(Ledger.PATIENCE);
    keeper.tidy();
    assertThat(ledger.state.open()).isEmpty();
    assertThat(ledger.state.time()).isEqualTo(now);
  }
}
