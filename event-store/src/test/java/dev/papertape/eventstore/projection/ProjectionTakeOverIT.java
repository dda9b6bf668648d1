package dev.papertape.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.fixture.Eventually;
import dev.papertape.eventstore.fixture.TestDatabase;
import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import dev.papertape.eventstore.projection.ProjectionWriter.Displaced;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes and one projection: whatever happens, each event is in the rows once. */
class ProjectionTakeOverIT {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
    database.execute(Counting.DDL);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.execute(
        "TRUNCATE event_log, lease, projection_position, projection_dead_letter, counting");
  }

  @Test
  void oneRunsAndTheOtherStandsByAndStillKnowsThePosition() throws Exception {
    try (RunningProjection a = new RunningProjection(database, 10).start();
        RunningProjection b = new RunningProjection(database, 10).start()) {
      Eventually.until("one runs", () -> running(a) || running(b));
      database.append("s", "add", "{\"add\": 1}");

      assertThat(a.processor.awaitPosition(1, BOUND)).isTrue();
      assertThat(b.processor.awaitPosition(1, BOUND)).isTrue();
      assertThat(b.processor.awaitPosition(2, Duration.ofMillis(1))).as("not there yet").isFalse();
      assertThat(List.of(running(a), running(b))).containsExactlyInAnyOrder(true, false);
      assertThat(a.processor.status().position()).isEqualTo(1);
      assertThat(b.processor.status().position()).isEqualTo(1);
    }
  }

  @Test
  void theOtherTakesOverWhenOneShutsDownOrIsKilled() throws Exception {
    RunningProjection a = new RunningProjection(database, 10).start();
    Eventually.until("a runs", () -> running(a));
    try (RunningProjection b = new RunningProjection(database, 10).start()) {
      for (int i = 0; i < 50; i++) {
        database.append("s" + i % 3, "add", "{\"add\": 1}");
      }
      a.kill();
      for (int i = 0; i < 50; i++) {
        database.append("s" + i % 3, "add", "{\"add\": 1}");
      }
      assertThat(b.processor.awaitPosition(100, BOUND)).isTrue();

      assertThat(database.number("SELECT sum(events) FROM counting")).isEqualTo(100);
      assertThat(database.number("SELECT epoch FROM projection_position")).isEqualTo(2);
      try (RunningProjection c = new RunningProjection(database, 10).start()) {
        b.processor.shutDown();
        database.append("s", "add", "{\"add\": 1}");
        assertThat(c.processor.awaitPosition(101, BOUND)).isTrue();
        assertThat(database.number("SELECT epoch FROM projection_position")).isEqualTo(3);
      }
    } finally {
      a.processor.shutDown();
      a.leases.close();
    }
  }

  @Test
  void aHolderOfAnOldEpochCannotWrite() throws Exception {
    database.append("s", "add", "{\"add\": 1}");
    PostgresEventLog log = new PostgresEventLog(database.dataSource(), new HeadSignal());
    ProjectionRun old = run(log, 1);
    assertThat(old.open()).isTrue();
    ProjectionRun fresh = run(log, 2);
    assertThat(fresh.open()).isTrue();

    Assertions.assertThatThrownBy(old::advance).isInstanceOf(Displaced.class);
    assertThat(database.number("SELECT count(*) FROM counting")).isZero();
    assertThat(old.open()).as("nor claim the position again").isFalse();
    assertThat(fresh.advance()).isTrue();
    assertThat(database.number("SELECT sum(events) FROM counting")).isEqualTo(1);
  }

  @Test
  void twoRunsThatBelieveInTheSameEpochWriteEachEventOnce() throws Exception {
    // As after a lease that both believe in: the position itself is the second fence.
    database.append("s", "add", "{\"add\": 1}");
    PostgresEventLog log = new PostgresEventLog(database.dataSource(), new HeadSignal());
    ProjectionRun one = run(log, 1);
    ProjectionRun two = run(log, 1);
    assertThat(one.open()).isTrue();
    assertThat(two.open()).isTrue();

    assertThat(one.advance()).isTrue();
    Assertions.assertThatThrownBy(two::advance).isInstanceOf(Displaced.class);
    assertThat(database.number("SELECT sum(events) FROM counting")).isEqualTo(1);
  }

  @Test
  void aWriterKilledBetweenWriteAndCommitLeavesNothingBehind() throws Exception {
    for (int i = 0; i < 20; i++) {
      database.append("s", "add", "{\"add\": 1}");
    }
    AtomicBoolean kill = new AtomicBoolean(true);
    HikariDataSource pool = database.newPool(8);
    try (RunningProjection running =
        new RunningProjection(
            database, 5, pool, new KilledBeforeCommit(pool, database.dataSource(), kill))) {
      running.start();
      assertThat(running.processor.awaitPosition(20, BOUND)).isTrue();

      assertThat(kill).as("one commit was killed").isFalse();
      assertThat(database.number("SELECT sum(events) FROM counting")).isEqualTo(20);
      assertThat(running.projection.opened).as("state was loaded again").hasValueGreaterThan(1);
    }
  }

  @Test
  void anOutcomeThatIsNotKnownIsFoundOutNotGuessed() throws Exception {
    for (int i = 0; i < 20; i++) {
      database.append("s", "add", "{\"add\": 1}");
    }
    AtomicBoolean lose = new AtomicBoolean(true);
    HikariDataSource pool = database.newPool(8);
    try (RunningProjection running =
        new RunningProjection(database, 5, pool, KilledBeforeCommit.afterCommit(pool, lose))) {
      running.start();
      assertThat(running.processor.awaitPosition(20, BOUND)).isTrue();

      assertThat(lose).isFalse();
      assertThat(database.number("SELECT sum(events) FROM counting")).isEqualTo(20);
    }
  }

  private static boolean running(RunningProjection process) {
    return process.processor.state() == ProjectionState.RUNNING;
  }

  private static ProjectionRun run(PostgresEventLog log, long epoch) {
    return new ProjectionRun(
        new Counting(), log, database.dataSource(), new Epoch("projection:counting", epoch), 10);
  }
}
