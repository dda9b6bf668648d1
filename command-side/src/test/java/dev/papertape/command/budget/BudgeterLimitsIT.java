package dev.papertape.command.budget;

import static dev.papertape.command.budget.Ledger.NAME;
import static dev.papertape.command.budget.Ledger.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetCommand.InspectProvider;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetEvent.CallReserved;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The limits of a ledger in a real log, shared by processes that know nothing of each other. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BudgeterLimitsIT {
  private static final int LIMIT = 100;

  private static PostgresDatabase database;
  private static LedgerProcess ledger;

  /** Of the provider's time; nothing of the tests before counts in it. */
  private Instant minute;

  @BeforeAll
  static void open() {
    database = TemporaryPostgres.freshDatabase();
    ledger = LedgerProcess.over(database);
    ledger.register(
        new RegisterProvider(
            NAME, Ledger.free(), List.of(Ledger.calendar(QuotaKind.CALLS, 60, LIMIT)), START));
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @BeforeEach
  void nextMinute() {
    minute = state().time().truncatedTo(ChronoUnit.MINUTES).plusSeconds(120);
  }

  @Test
  void twoProcessesWithAHundredCallersEachGetAHundredCallsAMinuteTogether() throws Exception {
    long okBefore = state().calls().ok();
    Instant deadline = minute.plusSeconds(50);
    Process other = LedgerProcess.start(database, 100, minute, deadline);
    try {
      LedgerProcess.said(other, "ready");
      other.getOutputStream().write('\n');
      other.getOutputStream().flush();
      List<String> ours = ledger.reserveAtOnce("ours-", 100, minute, deadline);
      int theirs = Integer.parseInt(LedgerProcess.said(other, "granted "));

      assertThat(ours.size() + theirs).isEqualTo(LIMIT);
      assertThat(state().open()).hasSize(LIMIT);
      assertThat(grantedByMinute()).containsEntry(minute, (long) LIMIT);

      // The other one dies in the middle of its calls; ours end well.
      other.destroyForcibly().waitFor();
      ours.forEach(id -> ledger.settle(id, minute.plusSeconds(1)));
      ledger.budget.tidy(List.of(NAME), provider -> deadline);
      ledger.budget.tidy(List.of(NAME), provider -> deadline);

      ProviderState after = state();
      assertThat(after.open()).as("no reservation leaks").isEmpty();
      assertThat(after.calls().ok() - okBefore).isEqualTo(ours.size());
      assertThat(after.calls().expired()).isEqualTo(theirs);
      assertThat(after.windows().getFirst().settledAt(deadline)).isEqualTo(LIMIT);
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aLedgerIsReadFromItsSnapshotAndSaysTheSame() throws Exception {
    Instant at = minute;
    for (int call = 0; call < 90; call++) {
      at = at.plusMillis(100);
      String id = "r" + call;
      List<String> granted = ledger.reserveAtOnce(id, 1, at, at.plusSeconds(30));
      ledger.settle(granted.getFirst(), at);
    }
    EventStorageEngine engine = ledger.context.getBean(EventStorageEngine.class);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (engine.readSnapshot(id()).isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(engine.readSnapshot(id()).orElseThrow().getPayload())
        .as("can be read back")
        .isInstanceOf(ProviderAggregate.class);
    assertThat(state()).isEqualTo(folded());
    try (LedgerProcess another = LedgerProcess.over(database)) {
      assertThat(another.send(new InspectProvider(NAME))).isEqualTo(folded());
    }
  }

  /** Last, because it does not come back. */
  @Test
  @Order(Integer.MAX_VALUE)
  void nobodyIsAskedWhileTheLedgerIsAway() throws Exception {
    ledger.close();
    assertThat(ledger.budget.reserve(call("late")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> assertThat(denied.reason()).isEqualTo(DenialReason.LEDGER_UNAVAILABLE));
  }

  @Test
  void whoHasNoLedgerIsNotAsked() {
    var call =
        new ReserveCall(
            "NOBODY", "x", Capability.PRICE, 1, 0, null, false, START.plusSeconds(1), START);
    assertThat(ledger.budget.reserve(call))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> assertThat(denied.reason()).isEqualTo(DenialReason.UNKNOWN_PROVIDER));
  }

  private static ReserveCall call(String id) {
    return new ReserveCall(
        NAME, id, Capability.PRICE, 1, 0, null, false, START.plusSeconds(1), START);
  }

  private ProviderState state() {
    return (ProviderState) ledger.send(new InspectProvider(NAME));
  }

  private static String id() {
    return BudgetCommand.PREFIX + NAME;
  }

  private ProviderState folded() {
    ProviderState state = null;
    for (ProviderEvent event : events()) {
      state = ProviderState.after(state, event);
    }
    return Objects.requireNonNull(state);
  }

  private List<ProviderEvent> events() {
    CanonicalJson json = ledger.context.getBean(CanonicalJson.class);
    Map<String, Class<?>> types =
        EventTypes.all().stream().collect(Collectors.toMap(EventTypes::logicalName, type -> type));
    return ledger.context.getBean(EventLog.class).stream(id(), 0).stream()
        .map(
            (LoggedEvent row) ->
                (ProviderEvent) json.read(row.payload(), types.get(row.payloadType())))
        .toList();
  }

  private Map<Instant, Long> grantedByMinute() {
    Quota minute = Ledger.calendar(QuotaKind.CALLS, 60, LIMIT);
    return events().stream()
        .filter(CallReserved.class::isInstance)
        .collect(
            Collectors.groupingBy(
                event ->
                    Instant.ofEpochMilli(
                        event.at().toEpochMilli() / minute.periodMs() * minute.periodMs()),
                Collectors.counting()));
  }
}
