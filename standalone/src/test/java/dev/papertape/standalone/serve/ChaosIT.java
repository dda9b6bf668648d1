package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Faults in the running program, over its real sockets: each type on each wire strikes, is taken
 * back, and every book is in order again; also when the process is killed in the middle.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {
  private static final int DURATION_MS = 2_000;

  @TempDir static Path folder;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    allSynced();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  @Order(1)
  void everyTypeIsCountedFromTheFirstScrape() throws IOException {
    for (String type : List.of("ws_flap", "api_timeout", "l2_gap", "depth_spike")) {
      assertThat(metric("chaos_injections_total{type=\"" + type + "\"}")).isZero();
    }
    JsonNode status = program.get("/api/chaos/status").body();
    assertThat(status.path("enabled").asBoolean()).isTrue();
    assertThat(status.at("/lever/pulled").asBoolean()).isFalse();
    assertThat(status.path("experiments")).isEmpty();
  }

  /** What each wire makes of a lost message. */
  @ParameterizedTest
  @Order(2)
  @CsvSource({"ALTO, GAP", "BRIO, GAP", "CIELO, DIVERGENCE"})
  void aGapIsNoticedAndTheBookStartsOver(String venue, String reason) throws IOException {
    String counter =
        "l2_resyncs_total{reason=\"%s\",symbol=\"BTC-USDT\",venue=\"%s\"}".formatted(reason, venue);
    double before = metric(counter);
    JsonNode over = run("l2_gap", "{\"venue\":\"%s\",\"symbol\":\"BTC-USDT\"}".formatted(venue));
    assertThat(over.path("hits").asLong()).isPositive();
    assertThat(metric(counter)).isGreaterThan(before);
    allSynced();
  }

  @ParameterizedTest
  @Order(3)
  @CsvSource({"ALTO", "BRIO", "CIELO"})
  void aFlappingSocketComesBack(String venue) throws IOException {
    JsonNode over = run("ws_flap", "{\"venue\":\"%s\"}".formatted(venue));
    assertThat(over.path("hits").asLong()).isPositive();
    RunningProgram.await(
        venue + " is connected",
        () -> metric("price_stream_connected{venue=\"" + venue + "\"}") == 1);
    allSynced();
  }

  /** The guard sees what sequence and checksum do not; the book is doubted, then in order again. */
  @ParameterizedTest
  @Order(4)
  @CsvSource({"ALTO", "BRIO", "CIELO"})
  void phantomDepthIsQuarantined(String venue) throws IOException {
    long before = quarantined(venue);
    JsonNode over =
        run("depth_spike", "{\"venue\":\"%s\",\"symbol\":\"BTC-USDT\"}".formatted(venue));
    assertThat(over.path("hits").asLong()).isPositive();
    RunningProgram.await("quarantine of " + venue, () -> quarantined(venue) > before);
    allSynced();
  }

  /** By default it is the provider who is asked now: three time-outs, breaker, next one, back. */
  @Test
  @Order(5)
  void Bug_5_prices_went_round_the_proxy() throws IOException {
    Map<String, Long> before = new HashMap<>();
    for (JsonNode each : program.get("/api/budget/status").body().path("providers")) {
      before.put(each.path("provider").asText(), each.at("/calls/timedOut").asLong());
    }
    Answer begun = program.post("/api/chaos/inject", null, "{\"type\":\"api_timeout\"}");
    assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
    String target = begun.body().at("/target/provider").asText();
    long timedOut = before.getOrDefault(target, 0L);
    RunningProgram.await(
        "calls are settled as timed out and the breaker opens",
        () ->
            provider(target).at("/calls/timedOut").asLong() >= timedOut + 3
                && provider(target).at("/breaker/state").asText().equals("OPEN"));
    RunningProgram.await("another one is asked for prices", () -> isReplaced(target));
    Answer health = program.get("/api/health");
    assertThat(health.text("status")).isEqualTo("DEGRADED");
    assertThat(health.body().path("reasons").toString()).contains("provider " + target);
    JsonNode over = finished(begun.text("experimentId"));
    assertThat(over.path("hits").asLong()).isGreaterThanOrEqualTo(3);
    RunningProgram.await(
        "it is asked again", () -> provider(target).path("state").asText().equals("OK"));
    allSynced();
  }

  private static JsonNode provider(String name) throws IOException {
    JsonNode status = program.get("/api/budget/status").body();
    for (JsonNode each : status.path("providers")) {
      if (each.path("provider").asText().equals(name)) {
        return each;
      }
    }
    return status.path("none");
  }

  private static boolean isReplaced(String provider) throws IOException {
    for (JsonNode route : program.get("/api/budget/status").body().path("lastRoutes")) {
      boolean prices = route.path("capability").asText().equals("PRICE");
      String chosen = route.path("chosen").asText("");
      for (JsonNode rejected : route.path("rejected")) {
        if (prices
            && !chosen.isEmpty()
            && !chosen.equals(provider)
            && rejected.path("provider").asText().equals(provider)
            && Set.of("CALL_FAILED", "BREAKER_OPEN").contains(rejected.path("reason").asText())) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  @Order(6)
  void oneExperimentATargetAndTheLeverStopsAll() throws IOException {
    String target = "{\"venue\":\"ALTO\",\"symbol\":\"BTC-USDT\"}";
    Answer first = inject("depth_spike", target, ",\"durationMs\":60000");
    assertThat(first.status()).isEqualTo(202);
    Answer second = inject("ws_flap", "{\"venue\":\"ALTO\"}", "");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.body().path("allowedActions").toString()).isEqualTo("[\"STOP\"]");

    Answer pulled = program.post("/api/chaos/lever", null, "{\"reason\":\"drill\"}");
    assertThat(pulled.status()).isEqualTo(200);
    Answer refused = inject("ws_flap", "{\"venue\":\"BRIO\"}", "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().path("allowedActions").toString()).isEqualTo("[\"RELEASE_LEVER\"]");
    JsonNode over = finished(first.text("experimentId"));
    assertThat(over.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
    assertThat(program.post("/api/chaos/lever", null, "{\"reason\":\"again\"}").status())
        .isEqualTo(409);
    assertThat(program.delete("/api/chaos/lever", null, "{\"reason\":\"fine\"}").status())
        .isEqualTo(200);
    allSynced();
  }

  @Test
  @Order(7)
  void anOperatorStopsAnExperiment() throws IOException {
    Answer begun = inject("l2_gap", "{\"venue\":\"BRIO\"}", ",\"durationMs\":600000,\"seed\":3");
    String id = begun.text("experimentId");
    RunningProgram.await("it runs", () -> experiment(id).path("state").asText().equals("RUNNING"));
    Answer stopped = program.post("/api/chaos/" + id + "/stop", null, "");
    assertThat(stopped.status()).isEqualTo(200);
    assertThat(stopped.text("state")).isEqualTo("REVERTING");
    assertThat(finished(id).path("revertedBy").asText()).isEqualTo("STOPPED");
    assertThat(program.post("/api/chaos/" + id + "/stop", null, "").status()).isEqualTo(409);
    assertThat(program.post("/api/chaos/x-unknown/stop", null, "").status()).isEqualTo(404);
  }

  @Test
  @Order(8)
  void whatIsWrongWithARequestIsSaidAtOnce() throws IOException {
    Answer unknown = program.post("/api/chaos/inject", null, "{\"type\":\"meteor\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.body().at("/errors/0/message").asText())
        .contains("ws_flap", "api_timeout", "l2_gap", "depth_spike");
    Answer much =
        program.post(
            "/api/chaos/inject",
            null,
            """
            {"type":"l2_gap","durationMs":315360000000,"intensity":0.5,
             "target":{"venue":"NOWHERE","provider":"ALTO"}}
            """);
    assertThat(much.status()).isEqualTo(422);
    Set<String> pointers = new TreeSet<>();
    much.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    assertThat(pointers)
        .containsExactly("/durationMs", "/intensity", "/target/provider", "/target/venue");
  }

  /** Killed while a fault is on: taken back once, said so, and every book in order again. */
  @Test
  @Order(9)
  void aKilledProcessLeavesNoFaultBehind() throws IOException {
    int history = program.get("/api/chaos/status").body().path("experiments").size();
    Answer begun =
        inject(
            "depth_spike",
            "{\"venue\":\"CIELO\",\"symbol\":\"BTC-USDT\"}",
            ",\"durationMs\":600000");
    String id = begun.text("experimentId");
    RunningProgram.await("it runs", () -> experiment(id).path("state").asText().equals("RUNNING"));
    program.kill();

    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    JsonNode over = finished(id);
    assertThat(over.path("revertedBy").asText()).isEqualTo("RESTART");
    assertThat(over.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
    assertThat(over.at("/steadyState/after/held").asBoolean()).isTrue();
    allSynced();
    assertThat(program.get("/api/chaos/status").body().path("experiments")).hasSize(history + 1);
    int reverted = 0;
    for (JsonNode entry : program.get("/api/audit/latest?limit=1000").body()) {
      boolean its = entry.path("summary").asText().contains(id);
      reverted += its && entry.path("type").asText().endsWith("FaultReverted") ? 1 : 0;
    }
    assertThat(reverted).isEqualTo(1);
  }

  private static JsonNode run(String type, String target) throws IOException {
    return run(type, target, "");
  }

  private static JsonNode run(String type, String target, String more) throws IOException {
    Answer begun = inject(type, target, ",\"durationMs\":" + DURATION_MS + more);
    assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
    return finished(begun.text("experimentId"));
  }

  private static Answer inject(String type, String target, String more) throws IOException {
    String body = "{\"type\":\"%s\",\"target\":%s%s}".formatted(type, target, more);
    return program.post("/api/chaos/inject", null, body);
  }

  private static JsonNode finished(String id) throws IOException {
    RunningProgram.await(
        id + " is finished", () -> experiment(id).path("state").asText().equals("FINISHED"));
    return experiment(id);
  }

  private static JsonNode experiment(String id) throws IOException {
    JsonNode status = program.get("/api/chaos/status").body();
    for (JsonNode each : status.path("experiments")) {
      if (each.path("experimentId").asText().equals(id)) {
        return each;
      }
    }
    return status.path("none");
  }

  private static void allSynced() throws IOException {
    RunningProgram.await(
        "every book is SYNCED",
        () -> {
          JsonNode feeds = program.get("/api/health").body().path("feeds");
          boolean all = feeds.size() == 9;
          for (JsonNode feed : feeds) {
            all &= feed.path("state").asText().equals("SYNCED");
          }
          return all;
        });
  }

  private static long quarantined(String venue) throws IOException {
    long total = 0;
    for (JsonNode stream : program.get("/api/data-quality/stats").body().path("streams")) {
      if (stream.path("venue").asText().equals(venue)
          && stream.path("channel").asText().equals("L2")) {
        total += stream.at("/quarantined/total").asLong();
      }
    }
    return total;
  }

  /** 0 for one that is not there. */
  private static double metric(String name) throws IOException {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(program.text("/metrics"));
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }
}
