package dev.papertape.eventstore.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.eventstore.fixture.Eventually;
import dev.papertape.eventstore.fixture.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.execute("TRUNCATE process_heartbeat");
  }

  @Test
  void saysEverySecondWhatItsContributorsSayAndIsGoneWhenStopped() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Heartbeats heartbeats = new Heartbeats(database.dataSource(), MAPPER);
    try (Heartbeat heartbeat = heartbeat("p1", contributor("frames", asked::incrementAndGet))) {
      heartbeat.start();
      Eventually.until("beats on", () -> asked.get() >= 2 && heartbeats.read().size() == 1);

      ProcessBeat beat = heartbeats.read().getFirst();
      assertThat(beat.processId()).isEqualTo("p1");
      assertThat(beat.role()).isEqualTo("query-side");
      assertThat(beat.leaseEpochs()).isEqualTo(Map.of("engine", 3L));
      assertThat(beat.stats().get("frames").asInt()).isPositive();
      assertThat(beat.beatAt()).isAfterOrEqualTo(beat.startedAt());
    }
    assertThat(heartbeats.read()).isEmpty();
  }

  @Test
  void aContributorThatFailsDoesNotSilenceItsProcess() throws Exception {
    HeartbeatContributor broken =
        contributor(
            "broken",
            () -> {
              throw new IllegalStateException("no feed");
            });
    try (Heartbeat heartbeat = heartbeat("p1", broken)) {
      heartbeat.beat();
      ProcessBeat beat = new Heartbeats(database.dataSource(), MAPPER).read().getFirst();
      assertThat(beat.stats().get("broken").get("failed").asText()).contains("no feed");
    }
  }

  @Test
  void removesProcessesThatHaveBeenSilentForAMinute() throws Exception {
    database.execute(
        """
        INSERT INTO process_heartbeat VALUES
          ('dead', 'x', now(), clock_timestamp() - interval '61 seconds', '{}', '{}'),
          ('late', 'x', now(), clock_timestamp() - interval '30 seconds', '{}', '{}')
        """);
    Heartbeats heartbeats = new Heartbeats(database.dataSource(), MAPPER);
    assertThat(heartbeats.read()).extracting(ProcessBeat::processId).containsExactly("late");
    assertThat(heartbeats.read().getFirst().age().toSeconds()).isGreaterThanOrEqualTo(30);

    try (Heartbeat heartbeat = heartbeat("p1", contributor("a", () -> 1))) {
      heartbeat.beat();
    }
    assertThat(database.number("SELECT count(*) FROM process_heartbeat WHERE process_id = 'dead'"))
        .isZero();
  }

  private static Heartbeat heartbeat(String id, HeartbeatContributor contributor) {
    return new Heartbeat(
        database.dataSource(),
        new ProcessIdentity(id, "query-side"),
        () -> Map.of("engine", 3L),
        List.of(contributor),
        MAPPER);
  }

  private interface Value {
    Object get();
  }

  private static HeartbeatContributor contributor(String name, Value value) {
    return new HeartbeatContributor() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Object value() {
        return value.get();
      }
    };
  }
}
