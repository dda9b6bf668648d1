package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stages of a fresh start's alphas through the running program: measured by themselves, moved by an
 * operator, kept over a kill.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromotionIT {
  private static final String REASON = "{\"reason\":\"test\"}";
  private static final String ACTIVE = "mean-reversion";
  private static final String CANARY = "breakout";
  private static final String SHADOW = "volatility-carry";

  @TempDir static Path folder;
  private static PostgresDatabase database;
  private static RunningProgram program;
  private static String demotedAt;

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
  void everyAlphaOfAFreshStartIsMeasuredByItself() throws IOException {
    RunningProgram.await(
        "all five are measured, books and features included",
        () -> {
          List<JsonNode> alphas = alphas();
          return alphas.size() >= 5
              && alphas.stream()
                  .allMatch(
                      alpha ->
                          gate(alpha, "QUALITY_VERIFIED").path("value").isNumber()
                              && gate(alpha, "GUARDS_TRIPPED").path("value").isNumber());
        });
    assertThat(status().path("policy").asText()).isEqualTo("demo");
    JsonNode active = alpha(ACTIVE);
    assertThat(active.path("stage").asText()).isEqualTo("ACTIVE");
    assertThat(active.path("nextStage").isNull()).isTrue();
    assertThat(texts(active.path("allowedActions"))).containsExactly("DEMOTE", "RETIRE");
    assertThat(active.path("gates")).hasSize(9);
    assertThat(active.path("holding")).isNotEmpty();
    assertThat(gate(active, "QUALITY_VERIFIED").path("value").asDouble()).isBetween(0.0, 100.0);
    assertThat(gate(active, "QUALITY_VERIFIED").path("samples").asLong()).isPositive();
    assertThat(alpha(CANARY).path("nextStage").asText()).isEqualTo("ACTIVE");
    JsonNode trades = gate(alpha(SHADOW), "MIN_TRADES");
    assertThat(trades.path("required").asInt()).isEqualTo(3);
    assertThat(trades.path("passed").asBoolean()).as(trades.toString()).isFalse();
  }

  @Test
  @Order(2)
  void whatDoesNotFitIsRefusedWithWhatMayBeDone() throws IOException {
    Answer canary = operator(CANARY, "approve");
    assertThat(canary.status()).isEqualTo(409);
    assertThat(canary.text("detail")).contains("MIN_TRADES");
    assertThat(texts(canary.body().path("allowedActions"))).containsExactly("DEMOTE", "RETIRE");
    assertThat(operator(ACTIVE, "approve").status()).isEqualTo(409);
    Answer shadow = operator(SHADOW, "demote");
    assertThat(shadow.status()).isEqualTo(409);
    assertThat(texts(shadow.body().path("allowedActions"))).containsExactly("RETIRE");

    Answer unknown = operator("nobody", "retire");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().toString()).contains(ACTIVE);
    assertThat(post(ACTIVE, "demote", "{}").status()).isEqualTo(422);
    assertThat(post(ACTIVE, "demote", "{\"reason\":\"\",\"force\":true}").body().path("errors"))
        .hasSize(2);
    assertThat(post(ACTIVE, "demote", "reason").status()).isEqualTo(400);
    assertThat(program.get("/api/promotion/status?asOf=yesterday").status()).isEqualTo(400);
    assertThat(program.get("/api/promotion/status?stage=ACTIVE").status()).isEqualTo(400);
    assertThat(alpha(ACTIVE).path("stage").asText()).as("nothing happened").isEqualTo("ACTIVE");
  }

  @Test
  @Order(3)
  void anOperatorDemotesAndEarlierMomentsAreAnsweredAsTheyWere() throws IOException {
    Answer demoted = program.post("/api/promotion/" + ACTIVE + "/demote", "demote-1", REASON);
    assertThat(demoted.status()).isEqualTo(200);
    assertThat(demoted.text("stage")).isEqualTo("CANARY");
    assertThat(demoted.text("nextStage")).isEqualTo("ACTIVE");
    assertThat(
            program.post("/api/promotion/" + ACTIVE + "/demote", "demote-1", REASON).text("stage"))
        .as("the same command again")
        .isEqualTo("CANARY");
    demotedAt = String.valueOf(demoted.position());
    RunningProgram.await("shown", () -> alpha(ACTIVE).path("stage").asText().equals("CANARY"));
    assertThat(alpha(ACTIVE).path("reason").asText()).isEqualTo("test");
    assertThat(operator(ACTIVE, "demote").text("stage")).isEqualTo("SHADOW");
    RunningProgram.await("shown", () -> alpha(ACTIVE).path("stage").asText().equals("SHADOW"));
    assertThat(at(demotedAt).path("stage").asText()).isEqualTo("CANARY");
    long before = Long.parseLong(demotedAt) - 1;
    assertThat(at(Long.toString(before)).path("stage").asText()).isEqualTo("ACTIVE");
  }

  @Test
  @Order(4)
  void aRetiredAlphaStaysSoOverAKill() throws IOException {
    Answer retired = operator(CANARY, "retire");
    assertThat(retired.text("stage")).isEqualTo("RETIRED");
    assertThat(retired.body().path("nextStage").isNull()).isTrue();
    assertThat(texts(retired.body().path("allowedActions"))).isEmpty();
    program.kill();
    program.close();
    program = begin();
    RunningProgram.await(
        "the next life knows",
        () ->
            alpha(CANARY).path("stage").asText().equals("RETIRED")
                && program
                    .text("/metrics")
                    .contains("alpha_stage{alpha=\"breakout\",stage=\"RETIRED\"} 1"));
    assertThat(program.text("/metrics"))
        .contains("alpha_stage{alpha=\"mean-reversion\",stage=\"SHADOW\"} 1")
        .contains("alpha_stage{alpha=\"momentum\",stage=\"ACTIVE\"} 1");
    for (String word : List.of("approve", "demote", "retire")) {
      Answer refused = operator(CANARY, word);
      assertThat(refused.status()).as(word).isEqualTo(409);
      assertThat(texts(refused.body().path("allowedActions"))).isEmpty();
    }
    RunningProgram.await(
        "the next life measures the demoted one in its new stage",
        () -> alpha(ACTIVE).path("gates").size() == 9);
    assertThat(alpha(ACTIVE).path("nextStage").asText()).isEqualTo("CANARY");
  }

  private static Answer operator(String alphaId, String word) throws IOException {
    return post(alphaId, word, REASON);
  }

  private static Answer post(String alphaId, String word, String body) throws IOException {
    return program.post("/api/promotion/" + alphaId + "/" + word, null, body);
  }

  private static JsonNode status() throws IOException {
    return program.get("/api/promotion/status").body();
  }

  private static List<JsonNode> alphas() throws IOException {
    List<JsonNode> alphas = new ArrayList<>();
    status().path("alphas").forEach(alphas::add);
    return alphas;
  }

  private static JsonNode alpha(String alphaId) throws IOException {
    return of(status(), alphaId);
  }

  private static JsonNode at(String position) throws IOException {
    return of(program.get("/api/promotion/status?asOf=" + position).body(), ACTIVE);
  }

  private static JsonNode of(JsonNode status, String alphaId) {
    for (JsonNode alpha : status.path("alphas")) {
      if (alpha.path("alphaId").asText().equals(alphaId)) {
        return alpha;
      }
    }
    throw new AssertionError(alphaId + " is not in " + status);
  }

  private static JsonNode gate(JsonNode alpha, String name) {
    for (JsonNode gate : alpha.path("gates")) {
      if (gate.path("name").asText().equals(name)) {
        return gate;
      }
    }
    return alpha.path("gates").path(name);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
