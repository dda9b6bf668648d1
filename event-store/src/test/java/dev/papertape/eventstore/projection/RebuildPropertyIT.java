package dev.papertape.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.fixture.TestDatabase;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However the log is cut into batches, runs and restarts: the rows are those of a rebuild. */
class RebuildPropertyIT {
  private static final String ROWS =
      "SELECT coalesce(bit_xor(hashtextextended(counting::text, 0)), 0) FROM counting";

  private static TestDatabase database;

  record Event(String stream, String type, int add) {}

  @BeforeContainer
  static void create() {
    database = TestDatabase.create();
    database.execute(Counting.DDL);
  }

  @AfterContainer
  static void drop() {
    database.close();
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void rowsOfAnInterruptedProjectionEqualThoseOfARebuild(
      @ForAll("events") List<Event> events,
      @ForAll @IntRange(min = 1, max = 7) int batchSize,
      @ForAll @IntRange(min = 0, max = 60) int restartAfter)
      throws Exception {
    database.execute(
        "TRUNCATE event_log, lease, projection_position, projection_dead_letter, counting");
    int cut = Math.min(restartAfter, events.size());
    follow(events.subList(0, cut), batchSize, cut);
    follow(events.subList(cut, events.size()), batchSize, events.size());
    long followed = database.number(ROWS);
    long parked = database.number("SELECT count(*) FROM projection_dead_letter");

    try (RunningProjection rebuild = new RunningProjection(database, 1_000)) {
      rebuild.processor.resetTokens();
      assertThat(database.number("SELECT count(*) FROM counting")).isZero();
      rebuild.start();
      assertThat(rebuild.processor.awaitPosition(events.size(), Duration.ofSeconds(30))).isTrue();
    }

    assertThat(database.number(ROWS)).isEqualTo(followed);
    assertThat(database.number("SELECT count(*) FROM projection_dead_letter")).isEqualTo(parked);
    assertThat(
            database.number("SELECT coalesce(sum(events), 0) FROM counting")
                + parked
                + database.number(
                    """
                    SELECT count(*) FROM event_log e WHERE payload_type <> 'drop'
                    AND NOT EXISTS (SELECT 1 FROM projection_dead_letter d WHERE d.position = e.position)
                    AND EXISTS (SELECT 1 FROM event_log l WHERE l.aggregate_id = e.aggregate_id
                      AND l.payload_type = 'drop' AND l.position > e.position
                      AND NOT EXISTS (
                        SELECT 1 FROM projection_dead_letter d WHERE d.position = l.position))
                    """)
                + database.number(
                    """
                    SELECT count(*) FROM event_log e WHERE payload_type = 'drop'
                    AND NOT EXISTS (SELECT 1 FROM projection_dead_letter d WHERE d.position = e.position)
                    """))
        .as("every event is in a row, deleted with one, a deletion, or parked")
        .isEqualTo(events.size());
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<String> streams = Arbitraries.of("a", "b", "c", "d");
    Arbitrary<String> types =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(20, Arbitraries.just("add")),
            net.jqwik.api.Tuple.of(3, Arbitraries.just("drop")),
            net.jqwik.api.Tuple.of(1, Arbitraries.just("poison")));
    return Combinators.combine(streams, types, Arbitraries.integers().between(-1_000, 1_000))
        .as(Event::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  private static void follow(List<Event> events, int batchSize, long until) throws Exception {
    try (RunningProjection running = new RunningProjection(database, batchSize).start()) {
      for (Event event : events) {
        database.append(event.stream(), event.type(), "{\"add\": " + event.add() + "}");
      }
      assertThat(running.processor.awaitPosition(until, Duration.ofSeconds(30))).isTrue();
    }
  }
}
