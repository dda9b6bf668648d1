package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.deploy.rollout.Recomputation;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.deploy.DeployEvent;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.standalone.play.FreshLog;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * A good and a bad candidate through the running program, by the two calls of the README: the good
 * one becomes active although the program is killed on its way, the bad one is rolled back, and the
 * recorded counters give every recorded verdict again.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BlueGreenIT {
  private static final String GOOD =
      "{\"release\":\"patient-1\",\"policy\":{\"router\":{\"maxAgeMs\":3000}},\"pace\":\"demo\"}";
  private static final String BAD =
      "{\"release\":\"picky-1\",\"policy\":{\"router\":{\"maxAgeMs\":1}},\"pace\":\"demo\"}";
  private static final String REASON = "{\"reason\":\"test\"}";

  @TempDir static Path folder;
  private static PostgresDatabase database;
  private static RunningProgram program;
  private static String rolloutId;

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
                database.password()),
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
  void freshStartHasTheConfiguredReleaseAndNoRollout() throws IOException {
    JsonNode status = status();
    assertThat(status.at("/active/release").asText()).isEqualTo("baseline");
    assertThat(status.path("rollout").isNull()).isTrue();
    assertThat(texts(status.path("allowedActions"))).containsExactly("REGISTER");
  }

  @Test
  @Order(2)
  void badInputIsNamedAndChangesNothing() throws IOException {
    Answer bad =
        program.post(
            "/api/deploy/candidates",
            null,
            "{\"release\":\"a b\",\"policy\":{\"router\":{\"maxAgeMs\":0}},\"pace\":\"fast\"}");
    assertThat(bad.status()).isEqualTo(422);
    Set<String> pointers = new TreeSet<>();
    bad.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    assertThat(pointers).containsExactly("/pace", "/policy/router/maxAgeMs", "/release");

    Answer thresholds =
        program.post(
            "/api/deploy/candidates",
            null,
            "{\"release\":\"a\",\"policy\":{\"alphas\":{\"momentum\":{\"enter\":0.1}}}}");
    assertThat(thresholds.status()).isEqualTo(422);
    assertThat(thresholds.body().at("/errors/0/pointer").asText())
        .isEqualTo("/policy/alphas/momentum/enter");

    Answer same =
        program.post("/api/deploy/candidates", null, "{\"release\":\"same\",\"policy\":{}}");
    assertThat(same.status()).isEqualTo(409);
    assertThat(texts(same.body().path("allowedActions"))).containsExactly("REGISTER");
    assertThat(program.post("/api/deploy/none/abort", null, REASON).status()).isEqualTo(404);
    assertThat(status().path("rollout").isNull()).isTrue();
  }

  @Test
  @Order(3)
  void goodCandidateGoesItsWholeWayThoughTheProgramIsKilled() throws IOException {
    Answer begun = program.post("/api/deploy/candidates", "good-1", GOOD);
    assertThat(begun.status()).isEqualTo(201);
    rolloutId = begun.text("rolloutId");
    assertThat(program.post("/api/deploy/candidates", "good-1", GOOD).text("rolloutId"))
        .as("the same command again")
        .isEqualTo(rolloutId);

    Answer second = program.post("/api/deploy/candidates", null, BAD);
    assertThat(second.status()).isEqualTo(409);
    assertThat(texts(second.body().path("allowedActions"))).contains("ABORT");

    RunningProgram.await(
        "the canary counts",
        () ->
            stage().equals("CANARY")
                && status().at("/rollout/slos/0/candidate/samples").asLong() > 5);
    JsonNode before = status();
    long counted = errorSamples(before);
    assertThat(counted).isPositive();
    program.kill();
    program.close();
    program = begin();
    RunningProgram.await(
        "the next life counts", () -> feedTime(status()).isAfter(feedTime(before)));
    assertThat(errorSamples(status()))
        .as("goes on from what was counted")
        .isGreaterThanOrEqualTo(counted);

    // 25 times the samples a second: the evidence goes on from what it was, and does the rest.
    assertThat(operator(rolloutId, "promote").text("stage")).isEqualTo("PARTIAL");
    assertThat(operator(rolloutId, "promote").text("stage")).isEqualTo("PARTIAL");
    RunningProgram.await("half of the traffic or all of it", () -> percent() >= 50);
    RunningProgram.await("active", () -> stage().equals("ACTIVE"));
    JsonNode status = status();
    assertThat(status.at("/active/release").asText()).isEqualTo("patient-1");
    assertThat(status.at("/rollout/rolloutId").asText()).isEqualTo(rolloutId);
    assertThat(status.at("/rollout/pace").asText()).isEqualTo("demo");
    assertThat(status.at("/rollout/demo/generated").asLong())
        .isGreaterThan(status.at("/rollout/demo/traded").asLong());
    for (JsonNode slo : status.at("/rollout/slos")) {
      assertThat(slo.path("verdict").asText()).as(slo.toString()).isEqualTo("PASS");
    }
    assertThat(program.get("/api/health").text("release")).isEqualTo("patient-1");
    RunningProgram.await(
        "a decision under the new release",
        () -> program.get("/api/router/snapshot").text("policyVersion").equals("patient-1"));
  }

  @Test
  @Order(4)
  void anEarlierMomentIsAnsweredAsItWas() throws IOException {
    long canary = 0;
    for (JsonNode step : status().path("history")) {
      canary =
          step.path("stage").asText().equals("CANARY") ? step.path("position").asLong() : canary;
    }
    JsonNode now = status();
    JsonNode then = program.get("/api/deploy/status?asOf=" + canary).body();
    assertThat(then.at("/active/release").asText()).isEqualTo("baseline");
    assertThat(then.at("/rollout/stage").asText()).isEqualTo("CANARY");
    assertThat(then.path("position").asLong()).isEqualTo(canary);
    assertThat(errorSamples(then)).isLessThan(errorSamples(now));
    assertThat(feedTime(then)).isBefore(feedTime(now));
  }

  @Test
  @Order(5)
  void badCandidateIsRolledBackAndCannotBePromoted() throws IOException {
    Answer begun = program.post("/api/deploy/candidates", null, BAD);
    assertThat(begun.status()).isEqualTo(201);
    String bad = begun.text("rolloutId");
    RunningProgram.await("rolled back", () -> stage().equals("ROLLED_BACK"));
    JsonNode status = status();
    assertThat(status.at("/active/release").asText()).isEqualTo("patient-1");
    assertThat(status.at("/rollout/reason").asText()).contains("ERROR_RATE");
    Answer promoted = program.post("/api/deploy/" + bad + "/promote", null, REASON);
    assertThat(promoted.status()).isEqualTo(409);
    assertThat(texts(promoted.body().path("allowedActions"))).containsExactly("REGISTER");
  }

  @Test
  @Order(6)
  void operatorPausesResumesAndAborts() throws IOException {
    Answer begun =
        program.post(
            "/api/deploy/candidates",
            null,
            "{\"release\":\"slow-1\",\"policy\":{\"sizing\":{\"cooldownMs\":9000}}}");
    String id = begun.text("rolloutId");
    assertThat(begun.text("pace")).isEqualTo("standard");
    assertThat(operator(id, "pause").text("stage")).isEqualTo("PAUSED");
    assertThat(operator(id, "promote").status()).isEqualTo(409);
    assertThat(operator(id, "resume").text("stage")).isEqualTo("CANDIDATE");
    assertThat(operator(id, "promote").text("stage")).isEqualTo("CANARY");
    assertThat(operator(id, "abort").text("stage")).isEqualTo("ABORTED");
    assertThat(operator(id, "promote").status()).as("an aborted one").isEqualTo(409);
    RunningProgram.await("it is shown", () -> stage().equals("ABORTED"));
    assertThat(status().at("/active/release").asText()).isEqualTo("patient-1");
  }

  @Test
  @Order(7)
  void metersAreThere() throws IOException {
    String metrics = program.text("/metrics");
    assertThat(metrics)
        .contains("deploy_samples_total{arm=\"CANDIDATE\",outcome=\"good\",slo=\"ERROR_RATE\"")
        .contains("deploy_traffic_percent");
  }

  @Test
  @Order(8)
  void recordedCountersGiveEveryRecordedVerdictAgain() throws Exception {
    program.stop();
    List<Recomputation.Recorded> events = new ArrayList<>();
    try (FreshLog fresh = new FreshLog(database.jdbcUrl(), database.user(), database.password())) {
      EventNames names = EventNames.of(EventTypes.all(), EventTypes::logicalName);
      CanonicalJson json = fresh.json();
      fresh.log().forEach(0, fresh.log().head(), row -> keep(row, names, json, events));
    }
    assertThat(events).hasSizeGreaterThan(20);
    Recomputation.Result again = Recomputation.of(events);
    assertThat(again.difference()).isNull();
    assertThat(again.compared()).isGreaterThan(5);
  }

  private static void keep(
      LoggedEvent row, EventNames names, CanonicalJson json, List<Recomputation.Recorded> events) {
    if (row.payloadType().startsWith("deploy.")) {
      DeployEvent event = (DeployEvent) json.read(row.payload(), names.classOf(row.payloadType()));
      events.add(new Recomputation.Recorded(row.position(), event));
    }
  }

  private static Answer operator(String id, String action) throws IOException {
    return program.post("/api/deploy/" + id + "/" + action, null, REASON);
  }

  private static JsonNode status() throws IOException {
    return program.get("/api/deploy/status").body();
  }

  /** Of the candidate. */
  private static long errorSamples(JsonNode status) {
    return status.at("/rollout/slos/1/candidate/samples").asLong();
  }

  private static Instant feedTime(JsonNode status) {
    return Instant.parse(status.at("/rollout/feedTime").asText());
  }

  private static String stage() throws IOException {
    return status().at("/rollout/stage").asText();
  }

  private static int percent() throws IOException {
    return status().at("/rollout/trafficPercent").asInt();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
