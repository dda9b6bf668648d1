package dev.papertape.eventstore.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.append.TestStore.Deposited;
import dev.papertape.eventstore.fixture.EndedUnseen;
import dev.papertape.eventstore.fixture.TestDatabase;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.LogUnavailableException;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.log.PostgresEventLog;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLogIT {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final SettableClock clock = new SettableClock();
  private TestStore store;
  private EventLog log;

  @BeforeEach
  void openStore() {
    store = TestStore.open(clock);
    log = store.log;
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anEmptyLogIsEmpty() {
    assertThat(log.head()).isZero();
    assertThat(log.after(0, 10)).isEmpty();
    assertThat(log.before(1, 10)).isEmpty();
    assertThat(log.at(1)).isEmpty();
    assertThat(log.stream("account:1", 0)).isEmpty();
    assertThat(store.log.lastBefore(NOON)).isZero();
  }

  @Test
  void readsForwardsAndBackwardsFromAPosition() {
    append(10);

    assertThat(log.after(4, 3)).extracting(LoggedEvent::position).containsExactly(5L, 6L, 7L);
    assertThat(log.before(4, 2)).extracting(LoggedEvent::position).containsExactly(3L, 2L);
    assertThat(log.at(7).orElseThrow().sequence()).isEqualTo(6);
    assertThat(log.stream("account:1", 8))
        .extracting(LoggedEvent::sequence)
        .containsExactly(8L, 9L);
    assertThat(log.head()).isEqualTo(10);
  }

  @Test
  void Bug_7_aRangeReadOnALostConnectionSaysWhatTheServerSaid() {
    try (TestDatabase database = TestDatabase.create();
        HikariDataSource pool = database.newPool(1)) {
      EventLog ended = new PostgresEventLog(EndedUnseen.of(database, pool), new HeadSignal());
      assertThatThrownBy(() -> ended.forEach(0, 1, _ -> {}))
          .isInstanceOf(LogUnavailableException.class)
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, cause -> assertThat(cause.getSQLState()).isIn("57P01", "08006"));
    }
  }

  @Test
  void streamsARangeThroughACursorAndLeavesTheConnectionAsItWas() {
    append(2_500);
    List<Long> positions = new ArrayList<>();

    log.forEach(100, 2_400, event -> positions.add(event.position()));

    assertThat(positions).isEqualTo(LongStream.rangeClosed(101, 2_400).boxed().toList());
    append(1);
    assertThat(log.head()).as("pooled connections still read and write").isEqualTo(2_501);
  }

  @Test
  void aReaderThatThrowsEndsTheStream() {
    append(5);

    assertThatThrownBy(
            () ->
                log.forEach(
                    0,
                    5,
                    event -> {
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log.after(0, 10)).hasSize(5);
  }

  @Test
  void findsWhatWasKnownAtATime() {
    for (int minute = 0; minute < 5; minute++) {
      clock.set(NOON.plus(Duration.ofMinutes(minute)));
      append(3);
    }

    assertThat(store.log.lastBefore(NOON)).isZero();
    assertThat(store.log.lastBefore(NOON.plusNanos(1_000))).isEqualTo(3);
    assertThat(store.log.lastBefore(NOON.plus(Duration.ofMinutes(2)))).isEqualTo(6);
    assertThat(store.log.lastBefore(NOON.plus(Duration.ofMinutes(90)))).isEqualTo(15);
  }

  @Test
  void aReaderOfAnotherProcessIsWoken() throws InterruptedException {
    try (TestStore other = store.another(Clock.systemUTC())) {
      append(1);

      assertThat(other.log.awaitBeyond(0, Duration.ofSeconds(30))).isEqualTo(1);
    }
  }

  @Test
  void aReaderOfAnotherProcessIsWokenAfterItsListeningConnectionWasLost() throws Exception {
    try (TestStore other = store.another(Clock.systemUTC())) {
      append(1);
      other.log.awaitBeyond(0, Duration.ofSeconds(30));
      store.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND datname = current_database()");
      append(1);

      assertThat(other.log.awaitBeyond(1, Duration.ofSeconds(30))).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void waitingEndsWithTheTime() throws InterruptedException {
    append(1);

    assertThat(log.awaitBeyond(1, Duration.ofMillis(20))).isEqualTo(1);
    assertThat(log.awaitBeyond(0, Duration.ZERO)).as("known already").isEqualTo(1);
  }

  @Test
  void saysThatTheLogCannotBeRead() {
    store.pool.close();

    assertThatThrownBy(() -> log.head()).isInstanceOf(LogUnavailableException.class);
  }

  @Test
  void theViewIsReadable() throws SQLException {
    append(1);
    try (var connection = store.database.connect();
        var row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT payload ->> 'cents', metadata::text FROM event_log_readable")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("100");
      assertThat(row.getString(2)).isEqualTo("{}");
    }
  }

  private void append(int count) {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      facts.add(
          new Fact("account:1", "account", UUID.randomUUID(), new Deposited("1", 100), Map.of()));
    }
    store.journal.append(facts, null, null).join();
  }

  private static final class SettableClock extends Clock {
    private volatile Instant now = NOON;

    void set(Instant instant) {
      now = instant;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
