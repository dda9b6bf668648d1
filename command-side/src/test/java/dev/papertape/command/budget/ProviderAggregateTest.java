package dev.papertape.command.budget;

import static dev.papertape.command.budget.Ledger.NAME;
import static dev.papertape.command.budget.Ledger.START;
import static dev.papertape.command.budget.Ledger.calendar;
import static dev.papertape.command.budget.Ledger.free;

import dev.papertape.contracts.AggregateCommand;
import dev.papertape.contracts.budget.BudgetCommand.ExpireReservations;
import dev.papertape.contracts.budget.BudgetCommand.PutProvider;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetEvent.CallDenied;
import dev.papertape.contracts.budget.BudgetEvent.CallReserved;
import dev.papertape.contracts.budget.BudgetEvent.CallSettled;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.BudgetEvent.QuotaChanged;
import dev.papertape.contracts.budget.BudgetEvent.ReservationExpired;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import dev.papertape.contracts.budget.ReserveReply.Granted;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderAggregateTest {
  private static final Quota ONE = calendar(QuotaKind.CALLS, 60, 1);
  private static final ProviderRegistered REGISTERED =
      new ProviderRegistered(NAME, free(), List.of(ONE), START);
  private static final Instant DEADLINE = START.plusSeconds(30);
  private static final CallReserved RESERVED =
      new CallReserved(NAME, "r", Capability.PRICE, 2, 0, 0, false, false, DEADLINE, START);
  private static final CallSettled SETTLED =
      new CallSettled(
          NAME,
          "r",
          Capability.PRICE,
          CallOutcome.OK,
          200,
          1,
          2,
          0,
          0,
          12.5,
          List.of(),
          false,
          START);

  private FixtureConfiguration<ProviderAggregate> fixture;

  @BeforeEach
  void newFixture() {
    fixture = new AggregateTestFixture<>(ProviderAggregate.class);
    fixture.registerCommandTargetResolver(
        command ->
            new VersionedAggregateIdentifier(
                ((AggregateCommand) command.getPayload()).aggregateId(), null));
  }

  private static ReserveCall reserve(String id) {
    return new ReserveCall(NAME, id, Capability.PRICE, 2, 0, null, false, DEADLINE, START);
  }

  @Test
  void aLedgerBeginsOnceAndTheConfigurationNeverOverrulesAnOperator() {
    RegisterProvider register = new RegisterProvider(NAME, free(), List.of(ONE), START);
    fixture.givenNoPriorActivity().when(register).expectEvents(REGISTERED);
    fixture
        .given(REGISTERED, new QuotaChanged(NAME, List.of(), START))
        .when(register)
        .expectNoEvents();
  }

  @Test
  void anOperatorsWordBeginsOrChanges() {
    fixture
        .givenNoPriorActivity()
        .when(new PutProvider(NAME, free(), List.of(ONE), START))
        .expectEvents(REGISTERED)
        .expectResultMessagePayload(true);
    Quota two = calendar(QuotaKind.CALLS, 60, 2);
    fixture
        .given(REGISTERED)
        .when(new PutProvider(NAME, free(), List.of(two), START))
        .expectEvents(new QuotaChanged(NAME, List.of(two), START))
        .expectResultMessagePayload(false);
  }

  @Test
  void aCallIsGrantedOnceAndDeniedOnceInWriting() {
    fixture
        .given(REGISTERED)
        .when(reserve("r"))
        .expectEvents(RESERVED)
        .expectResultMessagePayload(new Granted("r", 0));
    String full = "calls 1 of 1 used in 60000 ms, 1 asked for";
    CallDenied denied =
        new CallDenied(
            NAME,
            Capability.PRICE,
            DenialReason.QUOTA_EXHAUSTED,
            full,
            START.plusSeconds(60),
            1,
            START);
    fixture
        .given(REGISTERED, RESERVED, SETTLED)
        .when(reserve("s"))
        .expectEvents(denied)
        .expectResultMessagePayload(
            new Denied(DenialReason.QUOTA_EXHAUSTED, full, START.plusSeconds(60), true));
    fixture
        .given(REGISTERED, RESERVED, SETTLED, denied)
        .when(reserve("t"))
        .expectNoEvents()
        .expectResultMessagePayload(
            new Denied(DenialReason.QUOTA_EXHAUSTED, full, START.plusSeconds(60), false));
  }

  @Test
  void aCallIsSettledOnce() {
    fixture
        .given(REGISTERED, RESERVED)
        .when(Ledger.ended("r", CallOutcome.OK, START))
        .expectEvents(SETTLED);
    fixture
        .given(REGISTERED, RESERVED, SETTLED)
        .when(Ledger.ended("r", CallOutcome.OK, START))
        .expectNoEvents();
  }

  @Test
  void whatIsDueExpiresOnce() {
    ReservationExpired expired = new ReservationExpired(NAME, "r", DEADLINE);
    fixture
        .given(REGISTERED, RESERVED)
        .when(new ExpireReservations(NAME, DEADLINE))
        .expectEvents(expired);
    fixture
        .given(REGISTERED, RESERVED, expired)
        .when(new ExpireReservations(NAME, DEADLINE))
        .expectNoEvents();
  }

  @Test
  void nobodyIsAskedWithoutALedger() {
    fixture
        .givenNoPriorActivity()
        .when(reserve("r"))
        .expectException(AggregateNotFoundException.class);
  }
}
