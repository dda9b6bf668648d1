package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** The operator's levers on the running program, and what he sees of them. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuardsIT {
  private static final String ORDER =
      "{\"symbol\":\"BTC-USDT\",\"side\":\"BUY\",\"quantity\":\"0.01\"}";

  @TempDir static Path folder;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    awaitFilled();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  @Order(1)
  void everyGuardIsShownAndCountedFromTheStart() throws IOException {
    String metrics = program.text("/metrics");
    JsonNode state = program.get("/api/guards/state").body();
    List<String> shown = new ArrayList<>();
    state.path("guards").forEach(guard -> shown.add(guard.path("name").asText()));
    for (GuardName guard : GuardName.values()) {
      assertThat(shown).contains(guard.name());
      assertThat(metrics).contains("exec_blocked_total{reason=\"" + guard + "\"}");
    }
    assertThat(metrics)
        .contains(
            "guard_tripped{guard=\"MAX_DRAWDOWN\",scope=\"ACCOUNT\"} 0.0",
            "guard_tripped{guard=\"STALE_DATA\",scope=\"SYMBOL:BTC-USDT\"}",
            "guard_tripped{guard=\"CLOCK_SKEW\",scope=\"VENUE:ALTO\"}");
    assertThat(state.path("trading").asText()).isEqualTo("ACTIVE");
    assertThat(state.path("reason").isNull()).isTrue();
    RunningProgram.await(
        "the limits in force are shown",
        () -> guard("MAX_NOTIONAL").path("limit").asText().equals("250000"));
    assertThat(guard("MAX_DRAWDOWN").path("limit").asText()).isEqualTo("0.1");
    assertThat(guard("LOSS_STREAK").path("unit").asText()).isEqualTo("COUNT");
  }

  @Test
  @Order(2)
  void aHaltBlocksAndIsShownUntilItIsResumed() throws IOException {
    Answer halted = program.post("/api/guards/halt", null, "{\"reason\":\"drill\"}");
    assertThat(halted.status()).isEqualTo(200);
    Answer blocked = awaitBlocked("HALTED");
    assertThat(blocked.status()).isEqualTo(201);
    assertThat(blocked.text("status")).isEqualTo("BLOCKED");
    RunningProgram.await(
        "the blocked order is shown",
        () -> state().at("/blocked/0/reason").asText().equals("HALTED"));
    assertThat(state().path("trading").asText()).isEqualTo("HALTED");
    assertThat(state().path("reason").asText()).isEqualTo("drill");
    assertThat(guard("HALTED").path("state").asText()).isEqualTo("TRIPPED");
    Answer again = program.post("/api/guards/halt", null, "{\"reason\":\"again\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("allowedActions").toString()).isEqualTo("[\"REDUCE\",\"RESUME\"]");

    Answer resumed = program.post("/api/guards/resume", null, "{\"reason\":\"over\"}");
    assertThat(resumed.status()).isEqualTo(200);
    awaitFilled();
    JsonNode before = program.get("/api/guards/state?asOf=" + halted.position()).body();
    assertThat(before.path("trading").asText()).isEqualTo("HALTED");
    assertThat(before.path("blocked").toString()).doesNotContain("\"HALTED\"");
    Answer already = program.post("/api/guards/resume", null, "{\"reason\":\"again\"}");
    assertThat(already.status()).isEqualTo(409);
    assertThat(already.body().path("allowedActions").toString()).isEqualTo("[\"HALT\",\"REDUCE\"]");
  }

  @Test
  @Order(3)
  void anOperatorsLimitBlocksAndOutlivesARestart() throws IOException {
    String body = "{\"limit\":\"50\",\"reason\":\"small\"}";
    Answer set = program.put("/api/guards/MAX_NOTIONAL", "limit-1", body);
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.text("limit")).isEqualTo("50");
    assertThat(program.put("/api/guards/MAX_NOTIONAL", "limit-1", body)).isEqualTo(set);
    awaitBlocked("MAX_NOTIONAL");
    RunningProgram.await(
        "it is counted", () -> metric("exec_blocked_total{reason=\"MAX_NOTIONAL\"}") >= 1);
    RunningProgram.await(
        "it is in the last minute",
        () -> program.get("/api/health").body().at("/exec/blockedLastMin").asLong() >= 1);
    RunningProgram.await(
        "it is shown", () -> state().at("/blocked/0/reason").asText().equals("MAX_NOTIONAL"));
    JsonNode guard = guard("MAX_NOTIONAL");
    assertThat(guard.path("limit").asText()).isEqualTo("50");
    assertThat(guard.path("limitReason").asText()).isEqualTo("small");
    assertThat(guard.path("value").asText()).isNotEmpty();

    program.close();
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    awaitBlocked("MAX_NOTIONAL");
    assertThat(
            program
                .put("/api/guards/MAX_NOTIONAL", null, "{\"limit\":null,\"reason\":\"enough\"}")
                .status())
        .isEqualTo(200);
    awaitFilled();
  }

  /** A limit that any loss is beyond: to have bought costs the spread and the fee. */
  @Test
  @Order(4)
  void aDrawdownReducesTradingUntilAnOperatorResumes() throws IOException {
    program.put("/api/guards/MAX_DRAWDOWN", null, "{\"limit\":0.000001,\"reason\":\"drill\"}");
    RunningProgram.await(
        "the drawdown reduces trading",
        () -> {
          program.post("/api/orders", null, ORDER);
          return state().path("trading").asText().equals("REDUCING");
        });
    JsonNode state = state();
    assertThat(state.path("operator").asText()).isEqualTo("ACTIVE");
    assertThat(state.path("reason").asText()).contains("below its peak");
    assertThat(state.path("allowedActions").toString()).contains("RESUME");
    assertThat(guard("MAX_DRAWDOWN").path("clearsWhen").asText()).contains("operator resumes");
    RunningProgram.await(
        "its gauge is up",
        () -> metric("guard_tripped{guard=\"MAX_DRAWDOWN\",scope=\"ACCOUNT\"}") == 1);

    program.put("/api/guards/MAX_DRAWDOWN", null, "{\"limit\":null,\"reason\":\"drill over\"}");
    Answer resumed = program.post("/api/guards/resume", null, "{\"reason\":\"seen\"}");
    assertThat(resumed.status()).isIn(200, 409); // It may be clear already.
    RunningProgram.await(
        "trading is active", () -> state().path("trading").asText().equals("ACTIVE"));
    awaitFilled();
  }

  @Test
  @Order(5)
  void whatIsWrongWithALimitIsSaidAtOnce() throws IOException {
    Answer unknown = program.put("/api/guards/LUCK", null, "{\"limit\":1,\"reason\":\"x\"}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("known").toString()).contains("MAX_NOTIONAL", "CLOCK_SKEW");
    Answer none = program.put("/api/guards/HALTED", null, "{\"limit\":1,\"reason\":\"x\"}");
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.body().path("allowedActions")).isEmpty();
    assertThat(none.body().path("adjustable").toString()).contains("MAX_EXPOSURE");
    for (String limit : List.of("-1", "0", "\"x\"", "1e400", "true", "[1]")) {
      Answer wrong =
          program.put("/api/guards/MAX_NOTIONAL", null, "{\"limit\":%s}".formatted(limit));
      assertThat(wrong.status()).as(limit).isEqualTo(422);
      List<String> pointers = new ArrayList<>();
      wrong.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
      assertThat(pointers).as(limit).containsExactlyInAnyOrder("/limit", "/reason");
    }
    assertThat(status("MAX_DRAWDOWN", "1.5")).isEqualTo(422);
    assertThat(status("LOSS_STREAK", "2.5")).isEqualTo(422);
    assertThat(status("MAX_NOTIONAL", "1000000001")).isEqualTo(422);
    assertThat(program.put("/api/guards/MAX_NOTIONAL", null, "{").status()).isEqualTo(400);
    assertThat(program.put("/api/guards/ORDER_RATE", null, "{\"reason\":\"x\"}").status())
        .isEqualTo(422);
  }

  private static int status(String guard, String limit) throws IOException {
    return program
        .put("/api/guards/" + guard, null, "{\"limit\":%s,\"reason\":\"x\"}".formatted(limit))
        .status();
  }

  private static JsonNode state() throws IOException {
    Answer answer = program.get("/api/guards/state");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private static JsonNode guard(String name) throws IOException {
    for (JsonNode guard : state().path("guards")) {
      if (guard.path("name").asText().equals(name)) {
        return guard;
      }
    }
    throw new AssertionError("no guard " + name);
  }

  private static Answer awaitBlocked(String reason) throws IOException {
    Answer[] blocked = new Answer[1];
    RunningProgram.await(
        "an order is blocked by " + reason,
        () -> {
          blocked[0] = program.post("/api/orders", null, ORDER);
          return blocked[0].text("blockedReason").equals(reason);
        });
    return blocked[0];
  }

  private static void awaitFilled() throws IOException {
    RunningProgram.await(
        "an order is filled",
        () -> program.post("/api/orders", null, ORDER).text("status").equals("FILLED"));
  }

  /** 0 for one that is not there. */
  private static double metric(String name) throws IOException {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(program.text("/metrics"));
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }
}
