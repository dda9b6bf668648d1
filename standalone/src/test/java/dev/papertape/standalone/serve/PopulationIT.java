package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.GenerationEvent;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MemberEvaluated;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped population through the running program, with generations of three seconds: two of
 * them, a kill in the middle of the third, a restart; then the log says that none is missing and
 * none is there twice, and what is shown is the fold of its events.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PopulationIT {
  private static final String REASON = "{\"reason\":\"test\"}";
  private static final String EVENTS =
      """
      SELECT payload_type, payload FROM event_log
      WHERE aggregate_id = 'population:momentum' ORDER BY sequence
      """;
  private static final CanonicalJson JSON = new CanonicalJson();

  @TempDir static Path folder;
  private static PostgresDatabase database;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    database = TemporaryPostgres.freshDatabase();
    program = begin();
  }

  private static RunningProgram begin() throws IOException {
    return RunningProgram.start(
            Map.of(
                "PAPERTAPE_DATABASE_USER",
                database.user(),
                "PAPERTAPE_DATABASE_PASSWORD",
                database.password(),
                "PAPERTAPE_POPULATION_INTERVAL",
                "3s",
                "PAPERTAPE_POPULATION_MEMBERS",
                "4"),
            folder.resolve("data"),
            "--port",
            "0",
            "--database-url",
            database.jdbcUrl())
        .awaitReady();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  @Order(1)
  void badInputIsNamedAndChangesNothing() throws IOException {
    Answer bad =
        program.post(
            "/api/pbt/populations",
            null,
            """
            {"alphaId":"momentum","members":1,"intervalMs":10,"quantile":0.6,"notional":"0",
             "space":[{"name":"enter","min":9},{"name":"speed"},{"name":"lookBack","min":2.5}]}
            """);
    assertThat(bad.status()).isEqualTo(422);
    Set<String> pointers = new TreeSet<>();
    bad.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    assertThat(pointers)
        .contains(
            "/intervalMs",
            "/members",
            "/notional",
            "/quantile",
            "/space/0/min",
            "/space/1/name",
            "/space/2/min");

    Answer unknown =
        program.post(
            "/api/pbt/populations",
            null,
            "{\"alphaId\":\"astrology\",\"members\":4,\"intervalMs\":60000}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("known").toString()).contains("momentum");
    Answer none = program.post("/api/pbt/populations/none/stop", null, REASON);
    assertThat(none.status()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void generationsGoOnOverAKillWithoutAGapAndWithoutARepeat() throws IOException {
    RunningProgram.await(
        "two generations", () -> population("momentum").path("generation").asLong() >= 2);
    RunningProgram.await(
        "a third that runs",
        () ->
            !population("momentum").path("progress").isNull()
                || population("momentum").path("generation").asLong() > 2);
    program.kill();
    List<Long> before = generations();
    program.close();
    program = begin();
    RunningProgram.await("another generation", () -> generations().size() > before.size() + 1);

    List<Long> after = generations();
    for (int n = 0; n < after.size(); n++) {
      assertThat(after.get(n)).isEqualTo(n);
    }
    assertThat(after.subList(0, before.size())).isEqualTo(before);
    for (long generation : after) {
      long evaluated =
          events().stream()
              .filter(event -> event instanceof MemberEvaluated done && isOf(done, generation))
              .count();
      assertThat(evaluated).isEqualTo(4);
    }
  }

  @Test
  @Order(3)
  void whatIsShownIsTheFoldOfTheEvents() throws IOException {
    Answer stopped = program.post("/api/pbt/populations/momentum/stop", "stop-1", REASON);
    assertThat(stopped.status()).isEqualTo(200);
    assertThat(stopped.body().path("state").asText()).isEqualTo("STOPPED");
    assertThat(stopped.body().path("allowedActions").get(0).asText()).isEqualTo("START");
    assertThat(program.post("/api/pbt/populations/momentum/stop", "stop-1", REASON).body())
        .isEqualTo(stopped.body());
    Answer twice = program.post("/api/pbt/populations/momentum/stop", null, REASON);
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.body().path("allowedActions").get(0).asText()).isEqualTo("START");

    Population fold = null;
    for (PopulationEvent event : events()) {
      fold = event instanceof LineageEvent line ? Population.after(fold, line) : fold;
    }
    Population folded = Objects.requireNonNull(fold);
    RunningProgram.await(
        "the stop is shown", () -> population("momentum").path("state").asText().equals("STOPPED"));
    JsonNode shown = population("momentum");
    assertThat(shown.path("generation").asLong()).isEqualTo(folded.generation());
    assertThat(shown.path("trials").asLong()).isEqualTo(folded.trials());
    assertThat(shown.path("members")).hasSize(4);
    for (int n = 0; n < 4; n++) {
      JsonNode member = shown.path("members").get(n);
      folded
          .members()
          .get(n)
          .params()
          .forEach(
              (name, value) ->
                  assertThat(member.at("/params/" + name).asDouble()).isEqualTo(value));
      assertThat(member.path("parentId").asText(""))
          .isEqualTo(
              folded.members().get(n).parentId() == null ? "" : folded.members().get(n).parentId());
    }
    long steps = events().stream().filter(PopulationIT::isStep).count();
    assertThat(shown.path("steps").size()).isEqualTo((int) Math.min(50, steps));
  }

  @Test
  @Order(4)
  void anotherPopulationIsCreatedOnceAndBegins() throws IOException {
    String body =
        """
        {"populationId":"b-1","alphaId":"breakout","members":3,"intervalMs":2000,"quantile":0.34,
         "minSamples":2,"space":[{"name":"channel","choices":[5,8]}]}
        """;
    Answer created = program.post("/api/pbt/populations", "b-key", body);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().path("state").asText()).isEqualTo("RUNNING");
    assertThat(program.post("/api/pbt/populations", "b-key", body).body())
        .isEqualTo(created.body());
    Answer twice = program.post("/api/pbt/populations", null, body);
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.body().path("allowedActions").get(0).asText()).isEqualTo("STOP");
    RunningProgram.await(
        "its generation", () -> population("b-1").path("generation").asLong() >= 1);
  }

  private static boolean isOf(GenerationEvent event, long generation) {
    return event.populationId().equals("momentum") && event.generation() == generation;
  }

  private static boolean isStep(PopulationEvent event) {
    return event instanceof PopulationEvent.MemberExploited
        || event instanceof PopulationEvent.MemberExplored;
  }

  /** Of the shipped population, as the log has them. */
  private static List<PopulationEvent> events() {
    EventNames names = EventNames.of(EventTypes.all(), EventTypes::logicalName);
    List<PopulationEvent> events = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(EVENTS)) {
      while (rows.next()) {
        events.add((PopulationEvent) JSON.read(rows.getBytes(2), names.classOf(rows.getString(1))));
      }
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
    return events;
  }

  private static List<Long> generations() {
    return events().stream()
        .filter(GenerationEnded.class::isInstance)
        .map(event -> ((GenerationEnded) event).generation())
        .toList();
  }

  private static JsonNode population(String id) throws IOException {
    for (JsonNode each : program.get("/api/pbt/lineage").body().path("populations")) {
      if (each.path("populationId").asText().equals(id)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }
}
