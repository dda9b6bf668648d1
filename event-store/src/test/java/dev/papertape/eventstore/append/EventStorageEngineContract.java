package dev.papertape.eventstore.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.eventstore.append.TestStore.Deposited;
import dev.papertape.eventstore.append.TestStore.Withdrawn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Axon expects of a storage engine. Uses the SPI's methods only. Not promised: that tokens
 * count without gaps, that message timestamps survive (ours are the recorded time), that a failed
 * batch leaves the others of its time untouched.
 */
abstract class EventStorageEngineContract {
  private static final String ACCOUNT = "account-1";

  private EventStorageEngine engine;

  /** An engine over an empty log. */
  abstract EventStorageEngine createEngine() throws Exception;

  /** Whatever {@link #createEngine} opened. */
  abstract void closeEngine();

  @BeforeEach
  void openEngine() throws Exception {
    engine = createEngine();
  }

  @AfterEach
  void dropEngine() {
    closeEngine();
  }

  @Test
  void readsAnAggregatesEventsBackAsTheyWere() {
    DomainEventMessage<?> written =
        event(ACCOUNT, 0, new Deposited(ACCOUNT, 7)).andMetaData(Map.of("actor", "ann"));
    engine.appendEvents(written);

    DomainEventMessage<?> read = engine.readEvents(ACCOUNT).next();
    assertThat(read.getIdentifier()).isEqualTo(written.getIdentifier());
    assertThat(read.getAggregateIdentifier()).isEqualTo(ACCOUNT);
    assertThat(read.getSequenceNumber()).isZero();
    assertThat(read.getType()).isEqualTo("Account");
    assertThat(read.getPayload()).isEqualTo(new Deposited(ACCOUNT, 7));
    assertThat(read.getMetaData()).isEqualTo(MetaData.with("actor", "ann"));
  }

  @Test
  void readsAnAggregateInOrderOfItsSequence() {
    engine.appendEvents(deposits(ACCOUNT, 0, 250));

    List<Long> sequences = sequences(engine.readEvents(ACCOUNT));
    assertThat(sequences)
        .as("more than one fetch")
        .isEqualTo(LongStream.range(0, 250).boxed().toList());
  }

  @Test
  void readsAnAggregateFromASequence() {
    engine.appendEvents(deposits(ACCOUNT, 0, 5));

    assertThat(sequences(engine.readEvents(ACCOUNT, 3))).containsExactly(3L, 4L);
  }

  @Test
  void readsNothingOfAnUnknownAggregate() {
    assertThat(engine.readEvents("nobody").hasNext()).isFalse();
    assertThat(engine.lastSequenceNumberFor("nobody")).isEmpty();
  }

  @Test
  void keepsAggregatesApart() {
    engine.appendEvents(deposits("a", 0, 3));
    engine.appendEvents(deposits("b", 0, 2));

    assertThat(sequences(engine.readEvents("a"))).hasSize(3);
    assertThat(engine.lastSequenceNumberFor("a")).contains(2L);
    assertThat(engine.lastSequenceNumberFor("b")).contains(1L);
  }

  @Test
  void refusesASecondCreation() {
    engine.appendEvents(event(ACCOUNT, 0, new Deposited(ACCOUNT, 1)));

    assertThatThrownBy(() -> engine.appendEvents(event(ACCOUNT, 0, new Withdrawn(ACCOUNT, 2))))
        .isInstanceOf(AggregateStreamCreationException.class);
    assertThat(engine.readEvents(ACCOUNT).next().getPayload())
        .as("the first stays")
        .isEqualTo(new Deposited(ACCOUNT, 1));
  }

  @Test
  void refusesASequenceThatIsTaken() {
    engine.appendEvents(deposits(ACCOUNT, 0, 2));

    assertThatThrownBy(() -> engine.appendEvents(event(ACCOUNT, 1, new Withdrawn(ACCOUNT, 2))))
        .isInstanceOf(ConcurrencyException.class);
    assertThat(engine.lastSequenceNumberFor(ACCOUNT)).contains(1L);
  }

  @Test
  void aUnitOfWorkIsWrittenWholeOrNotAtAll() {
    engine.appendEvents(event(ACCOUNT, 1, new Deposited(ACCOUNT, 1)));

    assertThatThrownBy(() -> engine.appendEvents(deposits(ACCOUNT, 0, 3)))
        .isInstanceOf(Exception.class);
    assertThat(sequences(engine.readEvents(ACCOUNT))).containsExactly(1L);
    assertThat(tracked(null)).hasSize(1);
  }

  @Test
  void appendingNothingIsNothing() {
    engine.appendEvents(List.of());

    assertThat(tracked(null)).isEmpty();
  }

  @Test
  void concurrentWritersOfOneSequenceHaveOneWinner() {
    List<CompletableFuture<Boolean>> done = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 32; i++) {
        DomainEventMessage<?> event = event(ACCOUNT, 0, new Deposited(ACCOUNT, i));
        done.add(CompletableFuture.supplyAsync(() -> isAccepted(event), callers));
      }
    }

    assertThat(done).filteredOn(CompletableFuture::join).hasSize(1);
    assertThat(tracked(null)).hasSize(1);
  }

  @Test
  void tracksEverythingInTheOrderOfAppending() {
    engine.appendEvents(deposits("a", 0, 3));
    EventMessage<?> free = new GenericEventMessage<>(new Withdrawn("x", 1));
    engine.appendEvents(free);
    engine.appendEvents(deposits("b", 0, 300));

    List<? extends TrackedEventMessage<?>> all = tracked(null);
    assertThat(all).hasSize(304);
    assertThat(all.get(3).getIdentifier())
        .as("an event of no aggregate has its place too")
        .isEqualTo(free.getIdentifier());
    assertThat(all.get(3).getPayload()).isEqualTo(new Withdrawn("x", 1));
  }

  @Test
  void goesOnAfterAToken() {
    engine.appendEvents(deposits("a", 0, 5));
    TrackingToken third = tracked(null).get(2).trackingToken();

    assertThat(tracked(third))
        .extracting(event -> ((DomainEventMessage<?>) event).getSequenceNumber())
        .containsExactly(3L, 4L);
  }

  @Test
  void theTailTokenIsBeforeEverything() {
    engine.appendEvents(deposits("a", 0, 3));

    assertThat(tracked(engine.createTailToken())).hasSize(3);
  }

  @Test
  void theHeadTokenIsAfterEverything() {
    engine.appendEvents(deposits("a", 0, 3));
    TrackingToken head = engine.createHeadToken();
    assertThat(tracked(head)).isEmpty();

    engine.appendEvents(deposits("a", 3, 1));
    assertThat(tracked(head)).as("and before what comes").hasSize(1);
  }

  @Test
  void aTokenAtATimeIsBeforeTheFirstEventOfThatTime() throws Exception {
    engine.appendEvents(deposits("a", 0, 2));
    Instant last = tracked(null).getLast().getTimestamp();
    Instant next = awaitLaterThan(last);
    engine.appendEvents(new GenericDomainEventMessage<>("Account", "b", 0, new Deposited("b", 1)));

    assertThat(tracked(engine.createTokenAt(next))).hasSize(1);
    assertThat(tracked(engine.createTokenAt(Instant.parse("2020-01-01T00:00:00Z")))).hasSize(3);
  }

  @Test
  void keepsTheNewestSnapshot() {
    engine.storeSnapshot(event(ACCOUNT, 3, new Deposited(ACCOUNT, 3)));
    engine.storeSnapshot(event(ACCOUNT, 9, new Deposited(ACCOUNT, 9)));

    assertThat(engine.readSnapshot(ACCOUNT).orElseThrow().getSequenceNumber()).isEqualTo(9);
    assertThat(engine.readSnapshot(ACCOUNT).orElseThrow().getPayload())
        .isEqualTo(new Deposited(ACCOUNT, 9));
    assertThat(engine.readSnapshot("nobody")).isEmpty();
  }

  private static Instant awaitLaterThan(Instant time) {
    Instant now = Instant.now();
    while (!now.isAfter(time.plusMillis(2))) {
      Thread.onSpinWait();
      now = Instant.now();
    }
    return now;
  }

  private boolean isAccepted(DomainEventMessage<?> event) {
    try {
      engine.appendEvents(event);
      return true;
    } catch (ConcurrencyException | AggregateStreamCreationException e) {
      return false;
    }
  }

  private List<? extends TrackedEventMessage<?>> tracked(@Nullable TrackingToken after) {
    try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(after, false)) {
      return events.toList();
    }
  }

  private static List<Long> sequences(DomainEventStream events) {
    List<Long> sequences = new ArrayList<>();
    events.forEachRemaining(event -> sequences.add(event.getSequenceNumber()));
    return sequences;
  }

  private static List<DomainEventMessage<?>> deposits(String account, long from, int count) {
    List<DomainEventMessage<?>> events = new ArrayList<>();
    for (long i = from; i < from + count; i++) {
      events.add(event(account, i, new Deposited(account, i)));
    }
    return events;
  }

  static DomainEventMessage<?> event(String account, long sequence, Object payload) {
    return new GenericDomainEventMessage<>(
        "Account",
        account,
        sequence,
        payload,
        MetaData.emptyInstance(),
        UUID.randomUUID().toString(),
        Instant.now());
  }
}
