package dev.papertape.eventstore.append;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.eventstore.append.TestStore.Deposited;
import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.log.LeafHash;
import dev.papertape.eventstore.log.LoggedEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FactJournalIT {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456789Z");

  private TestStore store;

  @BeforeEach
  void openStore() {
    store = TestStore.open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void writesTheFactAsItIs() {
    Fact fact =
        new Fact(
            "account:7",
            "account",
            UUID.fromString("00000000-0000-0000-0000-00000000002a"),
            new Deposited("7", 100),
            Map.of("actor", "engine"));

    Appended appended = store.journal.append(List.of(fact), null, null).join();

    assertThat(appended.first()).isEqualTo(1);
    assertThat(appended.last()).isEqualTo(1);
    LoggedEvent event = store.log.at(1).orElseThrow();
    assertThat(event.stream()).isEqualTo("account:7");
    assertThat(event.sequence()).isZero();
    assertThat(event.streamType()).isEqualTo("account");
    assertThat(event.eventId()).isEqualTo(fact.eventId());
    assertThat(event.recordedAt()).isEqualTo(appended.recordedAt());
    assertThat(event.payloadType()).isEqualTo("bank.Deposited");
    assertThat(event.payloadRevision()).isEqualTo("1");
    assertThat(new String(event.payload(), UTF_8)).isEqualTo("{\"account\":\"7\",\"cents\":100}");
    assertThat(new String(event.metadata(), UTF_8)).isEqualTo("{\"actor\":\"engine\"}");
    assertThat(event.leafHash())
        .as("the stored hash is that of what is read back")
        .isEqualTo(LeafHash.of(event));
  }

  @Test
  void keepsTheOrderOfTheCallsAndCountsEachStreamFromZero() {
    List<CompletableFuture<Appended>> done = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      done.add(store.journal.append(List.of(fact("account:" + i % 7, i)), null, null));
    }
    done.forEach(CompletableFuture::join);

    List<LoggedEvent> events = store.events();
    assertGapless(events);
    for (int i = 0; i < 5_000; i++) {
      assertThat(events.get(i).eventId()).isEqualTo(new UUID(0, i));
      assertThat(done.get(i).join().first()).isEqualTo(i + 1);
    }
  }

  @Test
  void twoProcessesAppendToTheSameStreamsWithoutHoleOrClash() {
    try (TestStore other = store.another(Clock.systemUTC())) {
      List<CompletableFuture<Appended>> done = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        TestStore writer = i % 2 == 0 ? store : other;
        done.add(
            writer.journal.append(
                List.of(fact("account:" + i % 3, 2L * i), fact("account:9", 2L * i + 1)),
                null,
                null));
        if (i % 100 == 0) {
          done.getLast().join();
        }
      }
      done.forEach(CompletableFuture::join);
    }

    List<LoggedEvent> events = store.events();
    assertThat(events).hasSize(4_000);
    assertGapless(events);
    assertThat(events).extracting(LoggedEvent::eventId).doesNotHaveDuplicates();
  }

  @Test
  void twoProcessesInTurnForgetWhatTheyRememberAndNeverClash() {
    try (TestStore other = store.another(Clock.systemUTC())) {
      for (int i = 0; i < 100; i++) {
        TestStore writer = i % 2 == 0 ? store : other;
        writer.journal.append(List.of(fact("account:1", i)), null, null).join();
      }
      assertThat(store.conflicts() + other.conflicts()).isZero();
    }

    assertGapless(store.events());
  }

  @Test
  void anotherProcessInTheWayOfOneThatWasAloneLosesNothing() {
    writeAlone("account:1");
    try (TestStore other = store.another(Clock.systemUTC())) {
      long head = other.journal.append(List.of(fact("account:1", 1)), null, null).join().last();

      assertThat(store.journal.append(List.of(fact("account:1", 2)), null, null).join().last())
          .isEqualTo(head + 1);
      assertThat(store.conflicts()).as("it had not looked").isEqualTo(1);
    }

    assertGapless(store.events());
  }

  @Test
  void oneThatWasAloneKnowsAnOldStreamThatItDoesNotRemember() {
    store.journal.append(List.of(fact("account:1", 1), fact("account:1", 2)), null, null).join();
    try (TestStore restarted = store.another(Clock.systemUTC())) {
      writeAlone(restarted, "account:2");

      restarted.journal.append(List.of(fact("account:1", 3)), null, null).join();
      assertThat(failure(restarted.journal.append(List.of(fact("account:1", 2)), null, null)))
          .as("a repeated fact")
          .isInstanceOf(AppendFailure.Conflict.class);
    }

    assertGapless(store.events());
  }

  @Test
  void oneThatWasAloneNoticesThatItsLeaseIsOver() throws SQLException {
    store.execute("INSERT INTO lease VALUES ('engine', 3, 'me', now() + interval '1 hour')");
    Epoch epoch = new Epoch("engine", 3);
    long head = writeAlone("account:1");
    store.journal.append(List.of(fact("account:1", 1)), epoch, null).join();
    store.execute("UPDATE lease SET epoch = 4 WHERE name = 'engine'");
    IdempotencyClaim claim =
        new IdempotencyClaim("POST /api/orders k1", "abc", "order-1", "{}".getBytes(UTF_8));

    assertThat(failure(store.journal.append(List.of(fact("account:1", 2)), epoch, claim)))
        .isInstanceOf(AppendFailure.EpochSuperseded.class);
    assertThat(store.log.head()).isEqualTo(head + 1);
    assertThat(store.journal.append(List.of(fact("account:1", 3)), null, claim).join().last())
        .as("the refused unit's key is not claimed")
        .isEqualTo(head + 2);
  }

  @Test
  void oneThatWasAloneClaimsKeysAsEverybody() throws SQLException {
    store.execute("INSERT INTO lease VALUES ('engine', 3, 'me', now() + interval '1 hour')");
    long head = writeAlone("account:1");
    Epoch epoch = new Epoch("engine", 3);
    List<IdempotencyClaim> claims =
        LongStream.range(0, 4)
            .mapToObj(i -> new IdempotencyClaim("k" + i, "abc", "order-" + i, null))
            .toList();
    List<CompletableFuture<Appended>> done = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      done.add(
          store.journal.append(
              List.of(fact("order:" + i, i)), i % 2 == 0 ? epoch : null, claims.get(i)));
    }
    done.forEach(CompletableFuture::join);

    try (var connection = store.database.connect();
        var rows =
            connection
                .createStatement()
                .executeQuery("SELECT subject, position FROM idempotency ORDER BY key")) {
      for (int i = 0; i < 4; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("order-" + i);
        assertThat(rows.getLong(2)).isEqualTo(head + i + 1);
      }
    }
    assertThat(store.conflicts()).isZero();
  }

  @Test
  void recordedTimeNeverGoesBackWithoutLookingEither() {
    try (TestStore ahead =
        store.another(Clock.fixed(Instant.parse("2999-01-01T00:00:00Z"), ZoneOffset.UTC))) {
      ahead.journal.append(List.of(fact("account:1", 1)), null, null).join();
    }
    writeAlone("account:1");
    store.journal.append(List.of(fact("account:1", 2)), null, null).join();

    assertThat(store.events())
        .extracting(LoggedEvent::recordedAt)
        .containsOnly(Instant.parse("2999-01-01T00:00:00Z"));
  }

  @Test
  void oneUnitOfWorkStandsTogether() {
    List<Fact> unit = LongStream.range(0, 3_000).mapToObj(i -> fact("account:1", i)).toList();
    CompletableFuture<Appended> first =
        store.journal.append(List.of(fact("account:2", -1)), null, null);
    CompletableFuture<Appended> large = store.journal.append(unit, null, null);

    assertThat(first.join().last()).isEqualTo(1);
    assertThat(large.join().first()).isEqualTo(2);
    assertThat(large.join().last()).as("more events than a batch usually takes").isEqualTo(3_001);
  }

  @Test
  void refusesARepeatedFactAndNothingElse() {
    store.journal.append(List.of(fact("account:1", 1)), null, null).join();
    List<CompletableFuture<Appended>> done =
        List.of(
            store.journal.append(List.of(fact("account:1", 2), fact("account:1", 1)), null, null),
            store.journal.append(List.of(fact("account:1", 3)), null, null),
            store.journal.append(List.of(fact("account:1", 4), fact("account:1", 4)), null, null));

    assertThat(failure(done.get(0))).isInstanceOf(AppendFailure.Conflict.class);
    assertThat(done.get(1).join().last()).isEqualTo(2);
    assertThat(failure(done.get(2))).isInstanceOf(AppendFailure.Conflict.class);
    assertThat(store.events())
        .extracting(LoggedEvent::eventId)
        .containsExactly(new UUID(0, 1), new UUID(0, 3));
  }

  @Test
  void aRestartedProcessStillKnowsARepeatedFact() {
    store.journal.append(List.of(fact("account:1", 1)), null, null).join();

    try (TestStore restarted = store.another(Clock.systemUTC())) {
      assertThat(failure(restarted.journal.append(List.of(fact("account:1", 1)), null, null)))
          .isInstanceOf(AppendFailure.Conflict.class);
    }
  }

  @Test
  void recordedTimeNeverGoesBackAndHasMicroseconds() {
    Instant earlier = NOON.minusSeconds(3_600);
    try (TestStore now = store.another(Clock.fixed(NOON, ZoneOffset.UTC));
        TestStore late = store.another(Clock.fixed(earlier, ZoneOffset.UTC))) {
      now.journal.append(List.of(fact("account:1", 1)), null, null).join();
      late.journal.append(List.of(fact("account:1", 2)), null, null).join();
    }

    assertThat(store.events())
        .extracting(LoggedEvent::recordedAt)
        .as("max(clock, previous), truncated")
        .containsOnly(Instant.parse("2026-01-02T12:00:00.123456Z"));
  }

  @Test
  void refusesAnOldEpochAndAnUnknownLease() throws SQLException {
    store.execute("INSERT INTO lease VALUES ('engine', 3, 'me', now() + interval '1 hour')");
    List<CompletableFuture<Appended>> done =
        List.of(
            store.journal.append(List.of(fact("account:1", 1)), new Epoch("engine", 2), null),
            store.journal.append(List.of(fact("account:1", 2)), new Epoch("engine", 3), null),
            store.journal.append(List.of(fact("account:1", 3)), new Epoch("nobody", 1), null));

    assertThat(failure(done.get(0))).isInstanceOf(AppendFailure.EpochSuperseded.class);
    assertThat(done.get(1).join().last()).isEqualTo(1);
    assertThat(failure(done.get(2))).isInstanceOf(AppendFailure.EpochSuperseded.class);
    assertThat(store.log.head()).isEqualTo(1);
  }

  @Test
  void aKeyIsClaimedOnceAndItsReplyStandsWithTheEvents() throws SQLException {
    IdempotencyClaim claim =
        new IdempotencyClaim("POST /api/orders k1", "abc", "order-1", "{}".getBytes(UTF_8));
    List<CompletableFuture<Appended>> done =
        List.of(
            store.journal.append(List.of(fact("account:1", 1)), null, claim),
            store.journal.append(List.of(fact("account:1", 2)), null, claim),
            store.journal.append(List.of(fact("account:1", 3)), null, null));

    assertThat(done.get(0).join().last()).isEqualTo(1);
    assertThat(failure(done.get(1))).isInstanceOf(AppendFailure.KeyClaimed.class);
    assertThat(done.get(2).join().last()).isEqualTo(2);
    assertThat(failure(store.journal.append(List.of(fact("account:1", 4)), null, claim)))
        .as("also in a later transaction")
        .isInstanceOf(AppendFailure.KeyClaimed.class);
    try (var connection = store.database.connect();
        var rows =
            connection
                .createStatement()
                .executeQuery("SELECT body_hash, subject, reply, position FROM idempotency")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("abc");
      assertThat(rows.getString(2)).isEqualTo("order-1");
      assertThat(rows.getBytes(3)).isEqualTo("{}".getBytes(UTF_8));
      assertThat(rows.getLong(4)).isEqualTo(1);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void refusesWhatMayNotBeStoredWithoutTouchingTheOthers() {
    record Unregistered() {}
    CompletableFuture<Appended> unregistered =
        store.journal.append(
            List.of(new Fact("s", "t", new UUID(1, 1), new Unregistered(), Map.of())), null, null);
    CompletableFuture<Appended> unnameable =
        store.journal.append(List.of(fact("nul\0", 1)), null, null);
    CompletableFuture<Appended> good =
        store.journal.append(List.of(fact("account:1", 1)), null, null);

    assertThat(failure(unregistered)).isInstanceOf(IllegalArgumentException.class);
    assertThat(failure(unnameable)).isInstanceOf(IllegalArgumentException.class);
    assertThat(good.join().last()).isEqualTo(1);
    assertThatThrownBy(() -> store.journal.append(List.of(), null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long writeAlone(String stream) {
    return writeAlone(store, stream);
  }

  /** Appends until the process relies on being the only one. */
  private static long writeAlone(TestStore store, String stream) {
    long head = 0;
    for (int i = 0; i < 20; i++) {
      Fact fact = new Fact(stream, "account", new UUID(1, i), new Deposited(stream, i), Map.of());
      head = store.journal.append(List.of(fact), null, null).join().last();
    }
    return head;
  }

  private static Fact fact(String stream, long id) {
    return new Fact(stream, "account", new UUID(0, id), new Deposited(stream, id), Map.of());
  }

  private static @Nullable Throwable failure(CompletableFuture<Appended> done) {
    return done.handle((appended, failure) -> failure).join();
  }

  private static void assertGapless(List<LoggedEvent> events) {
    Map<String, Long> last = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      LoggedEvent event = events.get(i);
      assertThat(event.position()).isEqualTo(i + 1);
      assertThat(event.sequence()).isEqualTo(last.merge(event.stream(), 0L, (a, b) -> a + 1));
      assertThat(event.leafHash()).isEqualTo(LeafHash.of(event));
    }
  }
}
