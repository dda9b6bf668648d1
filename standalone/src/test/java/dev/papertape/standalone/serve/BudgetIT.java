package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Budgets in the running program: they move, they agree with the venues, operators change them. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BudgetIT {
  /**
   * What a venue counts in a minute is told with its answers: who is asked once a minute only says
   * nothing about most of the next one.
   */
  private static final Map<String, String> OFTEN = Map.of("PAPERTAPE_BUDGET_TIMEEVERY", "5s");

  @TempDir static Path folder;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    program = RunningProgram.start(OFTEN, folder.resolve("data"), "--port", "0").awaitReady();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  @Order(1)
  void aFreshStartSpendsAndChoosesTheCheapest() throws IOException {
    // While candles are fetched its window of ten calls may be full, and then it is no choice.
    RunningProgram.await(
        "the cheapest is asked for every symbol",
        () -> {
          JsonNode status = status();
          return status.path("lastRoutes").size() == 3
              && calls("BRIO", "ok") > 3
              && status.at("/fallbackOrder/PRICE/0").asText().equals("CIELO")
              && status.at("/lastRoutes/0/chosen").asText().equals("CIELO")
              && status.at("/lastRoutes/0/rejected/0/reason").asText().equals("COSTS_MORE");
        });
    JsonNode status = status();
    assertThat(status.path("providers")).hasSize(3);
    assertThat(status.at("/totals/cost/USD").asText()).matches("0\\.[0-9]{6}");
  }

  @Test
  @Order(2)
  void theLedgerAgreesWithTheVenuesOwnCount() throws IOException {
    RunningProgram.await(
        "ALTO's ledger and ALTO's own counter agree while nothing is under way",
        () -> {
          JsonNode alto = provider(status(), "ALTO");
          JsonNode own = sim("ALTO");
          JsonNode weight = alto.at("/windows/0");
          return alto.path("openReservations").asLong() == 0
              && weight.path("observed").asLong(-1) == own.path("usedWeight").asLong(-2)
              && weight.path("drift").asLong(-1) == 0
              && calls("ALTO", "ok") == own.path("served").asLong();
        });
    assertThat(sim("BRIO").path("refused").asLong()).isZero();
    assertThat(sim("CIELO").path("refused").asLong()).isZero();
  }

  @Test
  @Order(3)
  void whatIsWrongWithSettingsIsSaidAtOnce() throws IOException {
    Answer refused =
        program.put(
            "/api/budget/providers/ALTO",
            null,
            """
            {"capabilities": ["PRICE", "GOSSIP"],
             "quotas": [{"kind": "WEIGHT", "period": "1m", "limit": -5},
                        {"kind": "CALLS", "period": "99d", "limit": 10000000000000000000000},
                        {"kind": "COST", "period": "1d", "limit": 5}],
             "prices": {"OHLCV": 3}}""");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors"))
        .extracting(error -> error.path("pointer").asText())
        .containsExactlyInAnyOrder(
            "/capabilities/1",
            "/quotas/0/limit",
            "/quotas/1/limit",
            "/quotas/1/period",
            "/quotas/2/kind",
            "/prices",
            "/prices/OHLCV");
    assertThat(program.put("/api/budget/providers/no", null, "{}").status()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void anOperatorsWordHoldsAtOnceAndFallbackFollows() throws IOException {
    long before = status().path("position").asLong();
    Answer put = program.put("/api/budget/providers/CIELO", "closed", closed());
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.position()).isNotNull();
    assertThat(program.put("/api/budget/providers/CIELO", "closed", closed())).isEqualTo(put);

    RunningProgram.await(
        "somebody else tells the price",
        () -> status().at("/lastRoutes/0/chosen").asText().equals("BRIO"));
    JsonNode rejected = status().at("/lastRoutes/0/rejected");
    assertThat(rejected)
        .anySatisfy(
            each -> {
              assertThat(each.path("provider").asText()).isEqualTo("CIELO");
              assertThat(each.path("reason").asText()).isEqualTo("NEVER_FITS");
            });
    JsonNode yesterday = program.get("/api/budget/status?asOf=" + before).body();
    assertThat(yesterday.path("position").asLong()).isEqualTo(before);
    assertThat(yesterday.at("/lastRoutes/0/chosen").asText()).isEqualTo("CIELO");
    assertThat(limit(yesterday)).isEqualTo(10);
    assertThat(limit(status())).isZero();
    assertThat(program.get("/api/budget/status?asOf=" + before).body()).isEqualTo(yesterday);
  }

  @Test
  @Order(5)
  void theLedgerIsPagedNewestFirst() throws IOException {
    JsonNode page = program.get("/api/budget/ledger?limit=5&type=CallSettled").body();
    assertThat(page.path("entries")).hasSize(5);
    long next = page.path("next").asLong();
    JsonNode older = program.get("/api/budget/ledger?limit=5&before=" + next).body();
    assertThat(older.at("/entries/0/position").asLong()).isLessThan(next);
    assertThat(program.get("/api/budget/ledger?type=Nothing&limit=0").status()).isEqualTo(400);
  }

  @Test
  @Order(6)
  void theLedgerAndTheOperatorsWordOutliveAKill() throws Exception {
    long ok = calls("ALTO", "ok");
    program.kill();
    program.close();
    program = RunningProgram.start(OFTEN, folder.resolve("data"), "--port", "0").awaitReady();
    assertThat(limit(status())).isZero();
    RunningProgram.await("it goes on", () -> calls("ALTO", "ok") > ok);
    RunningProgram.await(
        "what was under way at the kill is given up",
        () -> status().at("/totals/openReservations").asLong() <= 1);
  }

  /** Everything as it was, but not one call in ten seconds. */
  private static String closed() {
    return """
    {"capabilities": ["OHLCV", "L2_SNAPSHOT", "PRICE", "EXCHANGE_INFO", "SERVER_TIME"],
     "quotas": [{"kind": "CALLS", "period": "10s", "alignment": "ROLLING", "limit": 0}],
     "currency": "USD", "prices": {"PRICE": 1}, "ceiling": 10}""";
  }

  private static JsonNode status() throws IOException {
    Answer answer = program.get("/api/budget/status");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private static JsonNode provider(JsonNode status, String name) {
    for (JsonNode provider : status.path("providers")) {
      if (provider.path("provider").asText().equals(name)) {
        return provider;
      }
    }
    throw new AssertionError("no " + name + " in " + status);
  }

  private static long calls(String provider, String kind) throws IOException {
    return provider(status(), provider).at("/calls/" + kind).asLong();
  }

  /** Of CIELO's first quota. */
  private static long limit(JsonNode status) {
    return provider(status, "CIELO").at("/windows/0/limit").asLong(-1);
  }

  /** The venue's own counters. */
  private static JsonNode sim(String name) throws IOException {
    for (JsonNode venue : program.get("/api/venues/registry").body().path("venues")) {
      if (venue.path("venue").asText().equals(name)) {
        return program.get(venue.path("endpoints").get(0).asText() + "/sim/limits").body();
      }
    }
    throw new AssertionError("no " + name);
  }
}
