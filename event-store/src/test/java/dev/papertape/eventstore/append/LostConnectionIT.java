package dev.papertape.eventstore.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.eventstore.append.FaultyDataSource.Fault;
import dev.papertape.eventstore.append.TestStore.Deposited;
import dev.papertape.eventstore.log.LoggedEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LostConnectionIT {
  private final int before = eventsBefore();
  private FaultyDataSource connections;
  private TestStore store;

  /** Events in the log before each test. */
  int eventsBefore() {
    return 1;
  }

  /** What a unit gets that was under way when the database went. */
  Class<?> failureUnderWay() {
    return AppendFailure.DatabaseUnavailable.class;
  }

  @BeforeEach
  void openStore() {
    store =
        TestStore.open(
            Clock.systemUTC(),
            new AppendLimits(100, 64, Duration.ofMillis(200)),
            pool -> connections = new FaultyDataSource(pool));
    for (int i = 0; i < before; i++) {
      append(i - before + 1).join();
    }
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void aConnectionLostBeforeTheTransactionIsReplaced() {
    connections.set(Fault.BEFORE_BEGIN);

    assertThat(append(1).join().last()).isEqualTo(before + 1);
    assertThat(ids()).containsExactly(0L, 1L);
  }

  @Test
  void whatTheServerNeverGotIsWrittenOnce() {
    connections.set(Fault.BEFORE_COMMIT);

    assertThat(append(1).join().last()).isEqualTo(before + 1);
    assertThat(ids()).containsExactly(0L, 1L);
  }

  @Test
  void whatWasCommittedWithoutAnAnswerIsNotWrittenAgain() {
    connections.set(Fault.AFTER_COMMIT);

    Appended appended = append(1).join();

    assertThat(appended.last()).isEqualTo(before + 1);
    assertThat(appended.recordedAt())
        .isEqualTo(store.log.at(before + 1).orElseThrow().recordedAt());
    assertThat(ids()).containsExactly(0L, 1L);
    assertThat(append(2).join().last()).as("and all goes on").isEqualTo(before + 2);
  }

  @Test
  void whatCannotBeLookedUpIsSaidToBeUnknown() {
    connections.set(Fault.AFTER_COMMIT_AND_AWAY);
    CompletableFuture<Appended> done = append(1);

    assertThat(failure(done)).isInstanceOf(AppendFailure.OutcomeUnknown.class);
    connections.set(Fault.NONE);
    assertThat(append(2).join().last()).as("the lost one does stand").isEqualTo(before + 2);
  }

  @Test
  void aConnectionThatIsLostAgainAndAgainLeavesNothing() {
    connections.set(Fault.ALWAYS_BEFORE_COMMIT);

    assertThat(failure(append(1))).isInstanceOf(AppendFailure.DatabaseUnavailable.class);
    connections.set(Fault.NONE);
    assertThat(ids()).containsExactly(0L);
    assertThat(append(1).join().last()).as("may be tried again").isEqualTo(before + 1);
  }

  @Test
  void everybodyIsToldAtOnceThatTheDatabaseIsAway() throws InterruptedException {
    connections.set(Fault.AWAY);
    CompletableFuture<Appended> underWay = append(1);
    connections.awaitStruck();
    List<CompletableFuture<Appended>> after = new ArrayList<>();
    for (int i = 2; i < 50; i++) {
      after.add(append(i));
    }

    assertThat(failure(underWay)).isInstanceOf(failureUnderWay());
    assertThat(after)
        .extracting(LostConnectionIT::failure)
        .allSatisfy(
            failure -> assertThat(failure).isInstanceOf(AppendFailure.DatabaseUnavailable.class));
    connections.set(Fault.NONE);
    assertThat(append(50).join().last()).isEqualTo(before + 1);
  }

  @Test
  void aFullQueueRefusesAndAWaiterGetsRoom() throws Exception {
    try (Connection blocker = store.database.connect()) {
      blocker.setAutoCommit(false);
      AppendLock.acquire(blocker);
      List<CompletableFuture<Appended>> accepted = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 1; i <= 1_000; i++) {
                  accepted.add(append(i));
                }
              })
          .isInstanceOf(AppendFailure.QueueFull.class);
      assertThat(accepted)
          .as("the queue's room, and what the appender holds")
          .hasSizeBetween(100, 165);
      CompletableFuture<CompletableFuture<Appended>> waiting = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  waiting.complete(store.journal.appendWaiting(facts(5_000), null, null));
                } catch (InterruptedException e) {
                  waiting.completeExceptionally(e);
                }
              });
      blocker.rollback();

      assertThat(waiting.get(30, TimeUnit.SECONDS).join().last())
          .isEqualTo(before + accepted.size() + 1L);
    }
  }

  @Test
  void killedBackendsLoseNothingAndDoubleNothing() throws Exception {
    Set<Long> acknowledged = new HashSet<>();
    int next = 1;
    for (int round = 0; round < 20; round++) {
      List<CompletableFuture<Appended>> done = new ArrayList<>();
      int first = next;
      for (int i = 0; i < 40; i++) {
        done.add(append(next++));
      }
      killAppenders();
      for (int i = 0; i < done.size(); i++) {
        if (isAcknowledged(done.get(i))) {
          acknowledged.add((long) first + i);
        }
      }
    }

    List<Long> ids = ids();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(acknowledged);
    assertThat(store.events())
        .extracting(LoggedEvent::position)
        .isEqualTo(upTo(before - 1 + ids.size()));
    assertThat(acknowledged).as("a killed backend is survived").isNotEmpty();
  }

  private void killAppenders() throws SQLException {
    try (Connection connection = store.database.connect();
        Statement statement = connection.createStatement();
        ResultSet killed =
            statement.executeQuery(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    + " WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())")) {
      killed.next();
    }
  }

  private static boolean isAcknowledged(CompletableFuture<Appended> done) throws Exception {
    try {
      done.get(60, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(AppendFailure.DatabaseUnavailable.class);
      return false;
    }
  }

  private static List<Long> upTo(int size) {
    List<Long> positions = new ArrayList<>();
    for (long i = 1; i <= size; i++) {
      positions.add(i);
    }
    return positions;
  }

  private CompletableFuture<Appended> append(long id) {
    return store.journal.append(facts(id), null, null);
  }

  private static List<Fact> facts(long id) {
    return List.of(
        new Fact("account:1", "account", new UUID(0, id), new Deposited("1", id), Map.of()));
  }

  /** From 0, the newest before the fault. */
  private List<Long> ids() {
    return store.events().stream()
        .map(event -> event.eventId().getLeastSignificantBits())
        .filter(id -> id >= 0)
        .toList();
  }

  private static @Nullable Throwable failure(CompletableFuture<Appended> done) {
    return done.handle((appended, failure) -> failure).join();
  }
}
