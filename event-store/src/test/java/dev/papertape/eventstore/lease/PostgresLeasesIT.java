package dev.papertape.eventstore.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.append.AppendLock;
import dev.papertape.eventstore.fixture.EndedUnseen;
import dev.papertape.eventstore.fixture.Eventually;
import dev.papertape.eventstore.fixture.TestDatabase;
import dev.papertape.eventstore.lease.Leases.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresLeasesIT {
  private static final Duration LONG = Duration.ofMinutes(10);

  private static TestDatabase database;
  private HikariDataSource poolOfA;
  private HikariDataSource poolOfB;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void twoProcesses() {
    database.execute("DELETE FROM lease");
    poolOfA = database.newPool(4);
    poolOfB = database.newPool(4);
  }

  @AfterEach
  void end() {
    poolOfA.close();
    poolOfB.close();
  }

  @Test
  void oneHoldsItAndTheOtherGetsItWithTheNextEpochWhenItIsReleased() {
    try (PostgresLeases a = new PostgresLeases(poolOfA, "a", LONG);
        PostgresLeases b = new PostgresLeases(poolOfB, "b", LONG)) {
      Lease first = a.tryAcquire("engine", () -> {}).orElseThrow();
      assertThat(first.epoch()).isEqualTo(new Epoch("engine", 1));
      assertThat(b.tryAcquire("engine", () -> {})).isEmpty();
      assertThat(a.tryAcquire("engine", () -> {})).as("not twice in one process").isEmpty();
      assertThat(b.tryAcquire("other", () -> {})).as("another lease").isPresent();

      first.close();

      Lease second = b.tryAcquire("engine", () -> {}).orElseThrow();
      assertThat(second.epoch()).isEqualTo(new Epoch("engine", 2));
      assertThat(first.isHeld()).isFalse();
      assertThat(b.heldEpochs()).containsEntry("engine", 2L).containsEntry("other", 1L);
    }
  }

  @Test
  void Bug_7_anAttemptOnALostConnectionSaysWhatTheServerSaid() throws Exception {
    try (Connection ended = EndedUnseen.of(database, poolOfA).getConnection()) {
      assertThatThrownBy(() -> new LeaseRows(LONG).acquire(ended, "engine", "a"))
          .isInstanceOfSatisfying(
              SQLException.class,
              failure -> assertThat(failure.getSQLState()).isIn("57P01", "08006"));
    }
  }

  @Test
  void staysWithItsHolderBeyondItsTimeBecauseItIsRenewed() throws Exception {
    try (PostgresLeases a = new PostgresLeases(poolOfA, "a", Duration.ofMillis(600))) {
      Lease lease = a.tryAcquire("engine", () -> {}).orElseThrow();
      String expiry = "SELECT (extract(epoch FROM expires_at) * 1000)::bigint FROM lease";
      long first = database.number(expiry);

      Eventually.until(
          "renewed beyond one whole time", () -> database.number(expiry) > first + 700);

      assertThat(lease.isHeld()).isTrue();
      assertThat(database.number("SELECT epoch FROM lease")).isEqualTo(1);
    }
  }

  @Test
  void passesToAnotherWithinTenSecondsWhenItsHolderIsKilledAtTheDefaultTime() throws Exception {
    long killed;
    try (PostgresLeases b = new PostgresLeases(poolOfB, "b", Duration.ofSeconds(5))) {
      PostgresLeases a = new PostgresLeases(poolOfA, "a", Duration.ofSeconds(5));
      assertThat(a.tryAcquire("engine", () -> {})).isPresent();
      poolOfA.close(); // as good as dead: it can neither renew nor release
      killed = System.nanoTime();

      Eventually.until("taken over", () -> b.tryAcquire("engine", () -> {}).isPresent());

      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(10));
      assertThat(database.number("SELECT epoch FROM lease")).isEqualTo(2);
      a.close();
    }
  }

  @Test
  void aHolderThatCannotRenewStopsBelievingBeforeTheDatabaseGivesTheLeaseAway() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    try (PostgresLeases a = new PostgresLeases(poolOfA, "a", Duration.ofSeconds(2))) {
      Lease lease = a.tryAcquire("engine", lost::incrementAndGet).orElseThrow();
      poolOfA.close();

      Eventually.until("told", () -> lost.get() > 0);

      assertThat(lease.isHeld()).isFalse();
      assertThat(database.number("SELECT count(*) FROM lease WHERE expires_at > clock_timestamp()"))
          .as("still its own by the database's clock")
          .isEqualTo(1);
      assertThat(lost).hasValue(1);
    }
  }

  @Test
  void aHolderWhoseRowRanOutByTheDatabasesClockIsToldOnce() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    try (PostgresLeases a = new PostgresLeases(poolOfA, "a", Duration.ofSeconds(3));
        PostgresLeases b = new PostgresLeases(poolOfB, "b", LONG)) {
      Lease lease = a.tryAcquire("engine", lost::incrementAndGet).orElseThrow();
      // The database's clock jumps ahead of the holder's.
      database.execute("UPDATE lease SET expires_at = clock_timestamp()");
      Lease taken = b.tryAcquire("engine", () -> {}).orElseThrow();

      Eventually.until("told", () -> lost.get() > 0);

      assertThat(lease.isHeld()).isFalse();
      assertThat(taken.isHeld()).isTrue();
      lease.close();
      assertThat(database.number("SELECT count(*) FROM lease WHERE expires_at > clock_timestamp()"))
          .as("closing a lost lease does not release the other's")
          .isEqualTo(1);
      assertThat(lost).hasValue(1);
    }
  }

  @Test
  void changesItsEpochOnlyWhenNoAppendIsUnderWay() throws Exception {
    try (PostgresLeases a = new PostgresLeases(poolOfA, "a", LONG);
        Connection appender = poolOfB.getConnection()) {
      appender.setAutoCommit(false);
      AppendLock.acquire(appender);

      CompletableFuture<Optional<Lease>> acquiring =
          CompletableFuture.supplyAsync(() -> a.tryAcquire("engine", () -> {}));
      Eventually.until(
          "waits for the append",
          () ->
              database.number(
                      "SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND NOT granted")
                  == 1);
      assertThat(acquiring).isNotDone();

      appender.rollback();
      assertThat(acquiring.get()).isPresent();
    }
  }

  @Test
  void manyAskingAtOnceAreOneHolder() {
    try (PostgresLeases a = new PostgresLeases(poolOfA, "a", LONG);
        PostgresLeases b = new PostgresLeases(poolOfB, "b", LONG)) {
      long holders =
          java.util.stream.IntStream.range(0, 8)
              .parallel()
              .mapToObj(i -> (i % 2 == 0 ? a : b).tryAcquire("engine", () -> {}))
              .filter(Optional::isPresent)
              .count();

      assertThat(holders).isEqualTo(1);
      assertThat(database.number("SELECT epoch FROM lease")).isEqualTo(1);
    }
  }

  @Test
  void saysSoWhenTheDatabaseCannotBeAsked() {
    try (PostgresLeases a = new PostgresLeases(poolOfA, "a", LONG)) {
      poolOfA.close();
      assertThatThrownBy(() -> a.tryAcquire("engine", () -> {})).isInstanceOf(LeaseFailure.class);
    }
  }
}
