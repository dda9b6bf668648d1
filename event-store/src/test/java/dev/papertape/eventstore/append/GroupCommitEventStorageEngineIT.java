package dev.papertape.eventstore.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.eventstore.append.TestStore.Deposited;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.Test;

class GroupCommitEventStorageEngineIT extends EventStorageEngineContract {
  private TestStore store;

  @Override
  EventStorageEngine createEngine() {
    store = TestStore.open();
    return store.engine;
  }

  @Override
  void closeEngine() {
    store.close();
  }

  @Test
  void tokensArePlainPositionsWithoutAHoleWhateverFailedBetween() {
    store.engine.appendEvents(event("a", 0, new Deposited("a", 1)));
    assertThatThrownBy(() -> store.engine.appendEvents(event("a", 0, new Deposited("a", 2))))
        .isInstanceOf(AggregateStreamCreationException.class);
    store.engine.appendEvents(event("a", 1, new Deposited("a", 3)));

    assertThat(store.engine.readEvents(null, false))
        .extracting(event -> event.trackingToken())
        .containsExactly(new GlobalSequenceTrackingToken(1), new GlobalSequenceTrackingToken(2));
  }

  @Test
  void aConflictFailsItsUnitOfWorkAndNobodyElses() throws Exception {
    store.engine.appendEvents(event("taken", 0, new Deposited("taken", 0)));
    List<CompletableFuture<Boolean>> good = new ArrayList<>();
    List<CompletableFuture<Boolean>> bad = new ArrayList<>();
    try (var blocker = store.database.connect();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      // While the lock is held elsewhere, all of them gather into one batch.
      blocker.setAutoCommit(false);
      AppendLock.acquire(blocker);
      for (int i = 0; i < 50; i++) {
        DomainEventMessage<?> fine = event("fine-" + i, 0, new Deposited("x", i));
        DomainEventMessage<?> clash = event("taken", 0, new Deposited("y", i));
        good.add(CompletableFuture.supplyAsync(() -> isAccepted(fine), callers));
        bad.add(CompletableFuture.supplyAsync(() -> isAccepted(clash), callers));
      }
      blocker.rollback();
    }

    assertThat(good).allMatch(CompletableFuture::join);
    assertThat(bad).noneMatch(CompletableFuture::join);
    assertThat(store.events()).extracting(LoggedEvent::position).isEqualTo(upTo(51));
  }

  @Test
  void twoProcessesOnTheSameAggregatesTakeTurns() {
    try (TestStore other = store.another(Clock.systemUTC());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<?>> done = new ArrayList<>();
      for (TestStore process : List.of(store, other)) {
        for (int caller = 0; caller < 8; caller++) {
          String account = "account-" + caller % 4;
          done.add(
              CompletableFuture.runAsync(() -> appendUntilAccepted(process, account, 25), callers));
        }
      }
      done.forEach(CompletableFuture::join);
    }

    List<LoggedEvent> events = store.events();
    assertThat(events).extracting(LoggedEvent::position).isEqualTo(upTo(400));
    for (int i = 0; i < 4; i++) {
      assertThat(store.log.stream("account-" + i, 0))
          .extracting(LoggedEvent::sequence)
          .isEqualTo(LongStream.range(0, 100).boxed().toList());
    }
  }

  @Test
  void messagesOfThePastDoNotDisturbTheOrder() {
    Instant past = Instant.parse("2019-05-05T00:00:00Z");
    store.engine.appendEvents(
        new GenericDomainEventMessage<>(
            "Account",
            "old",
            0,
            new Deposited("old", 1),
            MetaData.emptyInstance(),
            "00000000-0000-0000-0000-000000000001",
            past));
    Instant noon = Instant.parse("2019-05-05T12:00:00Z");
    try (TestStore backDated = store.another(Clock.fixed(noon, ZoneOffset.UTC))) {
      backDated.engine.appendEvents(event("a", 0, new Deposited("a", 1)));
    }

    List<LoggedEvent> events = store.events();
    assertThat(events.get(0).recordedAt()).as("not the message's time").isAfter(noon);
    assertThat(events.get(1).recordedAt()).isEqualTo(events.get(0).recordedAt());
    assertThat(store.engine.readEvents(new GlobalSequenceTrackingToken(1), false))
        .as("nothing is skipped for being old")
        .hasSize(1);
  }

  @Test
  void refusesWhatHasNoStableNameOrIdentifier() {
    record Nameless(String a) {}
    assertThatThrownBy(
            () -> store.engine.appendEvents(new GenericEventMessage<>(new Nameless("x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a registered event");
    assertThatThrownBy(
            () ->
                store.engine.appendEvents(
                    new GenericEventMessage<>(
                        "no-uuid", new Deposited("a", 1), MetaData.emptyInstance(), Instant.EPOCH)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.log.head()).isZero();
  }

  @Test
  void aSnapshotThatTheFilterRefusesIsNotUsed() {
    store.engine.storeSnapshot(event("a", 3, new Deposited("a", 3)));
    SnapshotFilter none = snapshot -> false;

    assertThat(store.engine(NoOpEventUpcaster.INSTANCE, none).readSnapshot("a")).isEmpty();
    assertThat(store.engine.readSnapshot("a")).isPresent();
  }

  @Test
  void anOlderSnapshotDoesNotReplaceANewerOne() {
    store.engine.storeSnapshot(event("a", 9, new Deposited("a", 9)));
    store.engine.storeSnapshot(event("a", 3, new Deposited("a", 3)));

    assertThat(store.engine.readSnapshot("a").orElseThrow().getSequenceNumber()).isEqualTo(9);
  }

  @Test
  void upcastersSeeWhatIsRead() {
    store.engine.appendEvents(event("a", 0, new Deposited("a", 1)));
    EventUpcaster withdrawals = new DepositsAreWithdrawals();

    Object payload =
        store.engine(withdrawals, SnapshotFilter.allowAll()).readEvents("a").next().getPayload();
    assertThat(payload).isEqualTo(new TestStore.Withdrawn("a", 1));
  }

  private boolean isAccepted(DomainEventMessage<?> event) {
    try {
      store.engine.appendEvents(event);
      return true;
    } catch (ConcurrencyException | AggregateStreamCreationException e) {
      return false;
    }
  }

  private static void appendUntilAccepted(TestStore process, String account, int count) {
    for (int accepted = 0; accepted < count; ) {
      long next = process.engine.lastSequenceNumberFor(account).orElse(-1L) + 1;
      try {
        process.engine.appendEvents(event(account, next, new Deposited(account, accepted)));
        accepted++;
      } catch (ConcurrencyException | AggregateStreamCreationException e) {
        // Another caller was first: look again.
      }
    }
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
