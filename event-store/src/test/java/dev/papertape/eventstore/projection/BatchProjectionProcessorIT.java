package dev.papertape.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.fixture.Eventually;
import dev.papertape.eventstore.fixture.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchProjectionProcessorIT {
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
  void foldsEachEventOnceAndKeepsItsPositionWithItsRows() throws Exception {
    add("a", 5);
    add("b", 7);
    try (RunningProjection running = new RunningProjection(database, 100).start()) {
      assertThat(running.processor.awaitPosition(2, BOUND)).isTrue();
      add("a", 6);
      assertThat(running.processor.awaitPosition(3, BOUND)).isTrue();

      assertThat(sum("a")).isEqualTo(11);
      assertThat(sum("b")).isEqualTo(7);
      assertThat(database.number("SELECT position FROM projection_position")).isEqualTo(3);
      assertThat(running.projection.opened).as("state is kept between batches").hasValue(1);
    }
    try (RunningProjection again = new RunningProjection(database, 100).start()) {
      add("a", 1);
      assertThat(again.processor.awaitPosition(4, BOUND)).isTrue();
      assertThat(sum("a")).as("goes on from its rows, folds nothing twice").isEqualTo(12);
      assertThat(database.number("SELECT events FROM counting WHERE stream = 'a'")).isEqualTo(3);
    }
  }

  @Test
  void deletesRowsAndTheLastChangeOfAKeyInABatchWins() throws Exception {
    add("kept", 1);
    database.append("kept", "drop", "{}");
    add("kept", 4);
    add("gone", 2);
    database.append("gone", "drop", "{}");
    database.append("never", "drop", "{}");
    try (RunningProjection running = new RunningProjection(database, 100).start()) {
      assertThat(running.processor.awaitPosition(6, BOUND)).isTrue();
      assertThat(database.number("SELECT count(*) FROM counting")).isEqualTo(1);
      assertThat(sum("kept")).isEqualTo(4);
    }
  }

  @Test
  void storesItsPositionThoughNoEventWasForIt() throws Exception {
    database.append("x", "unknown", "{}");
    database.append("x", "unknown", "{}");
    try (RunningProjection running = new RunningProjection(database, 100).start()) {
      Eventually.until(
          "position stored",
          () -> database.number("SELECT max(position) FROM projection_position") == 2);
      ProjectionStatus status = running.processor.status();
      assertThat(status.position()).isEqualTo(2);
      assertThat(status.lag()).isZero();
      assertThat(status.deadLetters()).isZero();
    }
  }

  @Test
  void aPoisonEventParksItsStreamOnly() throws Exception {
    add("good", 1);
    add("bad", 10);
    database.append("bad", "poison", "{\"add\": 100}"); // position 3
    add("good", 2);
    add("bad", 1000);
    try (RunningProjection running = new RunningProjection(database, 100).start()) {
      assertThat(running.processor.awaitPosition(5, BOUND)).isTrue();
      add("bad", 10_000);
      add("good", 4);
      assertThat(running.processor.awaitPosition(7, BOUND)).isTrue();

      assertThat(sum("good")).isEqualTo(7);
      assertThat(sum("bad")).as("only what came before the poison").isEqualTo(10);
      List<DeadLetter> letters = running.processor.deadLetters(10);
      assertThat(letters).extracting(DeadLetter::position).containsExactly(3L, 5L, 6L);
      assertThat(letters).extracting(DeadLetter::attempts).containsExactly(1, 0, 0);
      assertThat(letters).extracting(DeadLetter::sequence).containsExactly(1L, 2L, 3L);
      assertThat(letters).extracting(DeadLetter::stream).containsOnly("bad");
      assertThat(letters.getFirst().payloadType()).isEqualTo("poison");
      assertThat(letters.getFirst().cause()).contains("poisoned by 100");
      assertThat(running.processor.status().deadLetters()).isEqualTo(3);
      assertThat(running.processor.state()).isEqualTo(ProjectionState.RUNNING);
    }
  }

  @Test
  void aParkedStreamStaysParkedAfterARestartAndIsFoldedInOrderWhenRetriedAfterTheCure()
      throws Exception {
    add("bad", 10);
    database.append("bad", "poison", "{\"add\": 100}");
    add("bad", 1000);
    try (RunningProjection first = new RunningProjection(database, 100).start()) {
      assertThat(first.processor.awaitPosition(3, BOUND)).isTrue();
    }
    try (RunningProjection running = new RunningProjection(database, 100).start()) {
      add("bad", 10_000);
      assertThat(running.processor.awaitPosition(4, BOUND)).isTrue();
      assertThat(running.processor.deadLetters(10)).hasSize(3);

      assertThat(running.processor.retry("bad")).isEqualTo(3);
      Eventually.until(
          "tried again", () -> running.processor.deadLetters(10).getFirst().attempts() == 2);
      assertThat(sum("bad")).isEqualTo(10);

      running.projection.poisonous.set(false);
      running.processor.retry("bad");
      Eventually.until("cured", () -> running.processor.deadLetters(10).isEmpty());
      add("bad", 100_000);
      assertThat(running.processor.awaitPosition(5, BOUND)).isTrue();

      assertThat(sum("bad")).isEqualTo(111_110);
      // ((((7*31+10)*31+100)*31+1000)*31+10000)*31+100000
      assertThat(database.number("SELECT digest FROM counting"))
          .as("in the order of the log")
          .isEqualTo(213_989_367L);
      assertThat(running.processor.retry("bad")).as("no longer parked").isZero();
    }
  }

  @Test
  void aRetryThatFailsHalfwayKeepsWhatWorked() throws Exception {
    database.append("bad", "poison", "{\"add\": 1}");
    add("bad", 10);
    database.append("bad", "poison", "{\"add\": 100}");
    add("bad", 1000);
    try (RunningProjection running = new RunningProjection(database, 2).start()) {
      assertThat(running.processor.awaitPosition(4, BOUND)).isTrue();
      database.execute("UPDATE event_log SET payload_type = 'add' WHERE position = 1");

      running.processor.retry("bad");
      Eventually.until("halfway", () -> running.processor.deadLetters(10).size() == 2);
      Eventually.until("tried", () -> running.processor.deadLetters(10).getFirst().attempts() == 1);

      assertThat(sum("bad")).isEqualTo(11);
      assertThat(running.processor.deadLetters(10))
          .extracting(DeadLetter::position)
          .containsExactly(3L, 4L);
    }
  }

  @Test
  void isDegradedWhileItsRowsCannotBeWrittenAndGoesOnByItself() throws Exception {
    add("a", 1);
    try (RunningProjection running = new RunningProjection(database, 100).start()) {
      assertThat(running.processor.awaitPosition(1, BOUND)).isTrue();
      database.execute("ALTER TABLE counting ADD CONSTRAINT refuse CHECK (sum < 3)");
      add("a", 2);

      Eventually.until("degraded", () -> running.processor.state() == ProjectionState.DEGRADED);
      assertThat(running.processor.isError()).isTrue();
      assertThat(running.processor.status().reason()).contains("refuse");
      assertThat(sum("a")).as("rolled back").isEqualTo(1);
      assertThat(database.number("SELECT position FROM projection_position")).isEqualTo(1);

      database.execute("ALTER TABLE counting DROP CONSTRAINT refuse");
      assertThat(running.processor.awaitPosition(2, BOUND)).isTrue();
      Eventually.until("running", () -> running.processor.state() == ProjectionState.RUNNING);
      assertThat(sum("a")).isEqualTo(3);
      assertThat(running.processor.status().reason()).isNull();
    }
  }

  @Test
  void aResetFoldsTheLogFromTheStartAlsoWhenAskedForInAProcessThatStandsBy() throws Exception {
    add("a", 1);
    add("a", 2);
    try (RunningProjection running = new RunningProjection(database, 1).start();
        RunningProjection standby = new RunningProjection(database, 1)) {
      assertThat(running.processor.awaitPosition(2, BOUND)).isTrue();
      database.execute("UPDATE counting SET sum = 99"); // no longer what the log says

      standby.processor.resetTokens();

      Eventually.until(
          "rebuilt",
          () -> database.number("SELECT position FROM projection_position") == 2 && sum("a") == 3);
      assertThat(database.number("SELECT replay_until FROM projection_position")).isEqualTo(2);
    }
  }

  @Test
  void looksToAxonLikeAStreamingProcessorOfOneSegment() throws Exception {
    add("a", 1);
    try (RunningProjection running = new RunningProjection(database, 1).start()) {
      BatchProjectionProcessor processor = running.processor;
      assertThat(processor.awaitPosition(1, BOUND)).isTrue();
      assertThat(processor.isRunning()).isTrue();
      assertThat(processor.processingStatus()).containsOnlyKeys(0);
      assertThat(processor.processingStatus().get(0).getTrackingToken())
          .isEqualTo(new GlobalSequenceTrackingToken(1));
      assertThat(processor.supportsReset()).isTrue();
      assertThatThrownBy(() -> processor.resetTokens(new GlobalSequenceTrackingToken(1)))
          .isInstanceOf(UnsupportedOperationException.class);
      processor.shutDown();
      assertThat(processor.isRunning()).isFalse();
    }
  }

  @Test
  void showsPositionLagAndDeadLettersAsGauges() throws Exception {
    add("a", 1);
    database.append("b", "poison", "{\"add\": 1}");
    try (RunningProjection running = new RunningProjection(database, 10).start()) {
      assertThat(running.processor.awaitPosition(2, BOUND)).isTrue();
      running.processor.shutDown();
      add("a", 1);
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      try (var metrics = new ProjectionMetrics(new Projections(List.of(running.processor)))) {
        metrics.bindTo(registry);

        Eventually.until("read", () -> gauge(registry, "projection.position") == 2);
        assertThat(gauge(registry, "projection.lag")).isEqualTo(1);
        assertThat(gauge(registry, "projection.dead.letters")).isEqualTo(1);
      }
    }
  }

  @Test
  void Bug_3_aGaugeShowsTheLastReadingUntilThatIsOldAndThenNone() throws Exception {
    add("a", 1);
    Gate gate = new Gate(database.dataSource());
    try (HikariDataSource pool = database.newPool(8);
        RunningProjection running = new RunningProjection(database, 10, pool, gate.dataSource())) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      AtomicLong nanos = new AtomicLong();
      Projections projections = new Projections(List.of(running.processor));
      try (var metrics = new ProjectionMetrics(projections, nanos::get)) {
        metrics.bindTo(registry);
        Eventually.until("read", () -> gauge(registry, "projection.lag") == 1);

        gate.close();
        Eventually.until("the database does not answer", gate::holdsSomebody);
        assertThat(gauge(registry, "projection.lag")).isEqualTo(1);
        nanos.addAndGet(ProjectionMetrics.LONGEST_AGE.toNanos() + 1);
        assertThat(gauge(registry, "projection.lag")).isNaN();

        gate.open();
        Eventually.until("read again", () -> gauge(registry, "projection.lag") == 1);
      }
    }
  }

  /** A database that can be made to answer nobody. */
  private static final class Gate {
    private final DataSource target;
    private final Semaphore open = new Semaphore(1);

    Gate(DataSource target) {
      this.target = target;
    }

    void close() throws InterruptedException {
      open.acquire();
    }

    void open() {
      open.release();
    }

    boolean holdsSomebody() {
      return open.hasQueuedThreads();
    }

    DataSource dataSource() {
      return (DataSource)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) -> {
                open.acquire();
                open.release();
                return method.invoke(target, arguments);
              });
    }
  }

  private static double gauge(SimpleMeterRegistry registry, String name) {
    return registry.get(name).tag("projection", "counting").gauge().value();
  }

  private static long add(String stream, long add) {
    return database.append(stream, "add", "{\"add\": " + add + ", \"tag\": \"a,\\\"b\\\\\"}");
  }

  private static long sum(String stream) {
    return database.number(
        "SELECT coalesce((SELECT sum FROM counting WHERE stream = '" + stream + "'), -1)");
  }
}
