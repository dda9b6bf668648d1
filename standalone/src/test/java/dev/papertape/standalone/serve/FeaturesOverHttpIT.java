package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The feature store of the assembled program over its simulated venues. */
@Timeout(600)
class FeaturesOverHttpIT {
  private static final String PATH = "/api/features/BTC-USDT/fundingRate";

  @TempDir static Path folder;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  void a_value_from_outside_is_known_from_when_it_was_put() throws IOException {
    Answer first = program.put(PATH, null, point("2026-01-02T03:04:05Z", "0.0001"));
    Answer second = program.put(PATH, "again", point("2026-01-02T03:04:05Z", "0.0002"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(program.put(PATH, "again", point("2026-01-02T03:04:05Z", "0.0002")))
        .isEqualTo(second);
    String window = PATH + "?from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z";
    RunningProgram.await(
        "the second value is shown", () -> values(program.get(window)).equals(List.of(0.0002)));
    String then = first.body().path("availableAt").asText();
    assertThat(values(program.get(window + "&asKnownAt=" + then))).containsExactly(0.0001);
    assertThat(values(program.get(window + "&asKnownAt=2026-01-02T00:00:00Z"))).isEmpty();
    assertThat(program.get(window).body().path("version").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/features/BTC-USDT/rsi | {\"eventTime\":\"2026-01-02T03:04:05Z\",\"value\":1} | 409",
        "/api/features/BTC-USDT/Bad-Name | {\"eventTime\":\"2026-01-02T03:04:05Z\",\"value\":1} | 404",
        "/api/features/bitcoin/x | {\"eventTime\":\"2026-01-02T03:04:05Z\",\"value\":1} | 404",
        "/api/features/BTC-USDT/x | {\"eventTime\":\"2999-01-02T03:04:05Z\",\"value\":1} | 422",
        "/api/features/BTC-USDT/x | {\"eventTime\":\"yesterday\",\"value\":\"1\",\"more\":1} | 422",
        "/api/features/BTC-USDT/x | {\"eventTime\":\"2026-01-02T03:04:05Z\",\"value\":1e999} | 422",
        "/api/features/BTC-USDT/x | {\"eventTime\":\"2026-01-02T03:04:05Z\",\"value\":NaN} | 400",
        "/api/features/BTC-USDT/x | {\"eventTime\":5} | 422",
        "/api/features/BTC-USDT/x | [] | 422",
        "/api/features/BTC-USDT/x | { | 400"
      })
  void what_cannot_be_put_is_refused(String path, String body, int status) throws IOException {
    assertThat(program.put(path, null, body).status()).isEqualTo(status);
  }

  @Test
  void every_violation_is_named() throws IOException {
    Answer refused =
        program.put(
            "/api/features/BTC-USDT/x",
            null,
            "{\"eventTime\":\"yesterday\",\"value\":\"1\",\"more\":1}");
    assertThat(refused.body().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/eventTime", "/value", "/more");
  }

  @Test
  void sampled_features_are_put_and_their_backtest_agrees() throws IOException {
    RunningProgram.await(
        "ten seconds of mids",
        () -> values(program.get("/api/features/BTC-USDT/mid")).size() >= 10);

    Answer ran = program.post("/api/features/parity/run", "run", "");

    assertThat(ran.status()).isEqualTo(200);
    assertThat(program.post("/api/features/parity/run", "run", "")).isEqualTo(ran);
    assertThat(ran.text("verdict")).as("%s", ran.body()).isEqualTo("MATCH");
    for (JsonNode feature : ran.body().path("features")) {
      if (List.of("mid", "bookImbalance", "microprice", "spreadBps")
          .contains(feature.path("name").asText())) {
        assertThat(feature.path("compared").asLong()).isGreaterThanOrEqualTo(10);
      }
    }
    RunningProgram.await(
        "the run is shown",
        () -> program.get("/api/features/parity").body().path("runId").isTextual());
  }

  /** The history that the venues gave at the start is long enough for every look-back. */
  @Test
  void features_over_back_filled_candles_are_put_and_their_backtest_agrees() throws IOException {
    List<String> overBars =
        List.of(
            "logReturn", "ewmaVolatility", "rsi", "macd", "atr", "adx", "chop", "bollingerUpper");
    JsonNode[] ran = new JsonNode[1];
    RunningProgram.await(
        "a parity run with every feature over candles of every venue",
        () -> {
          ran[0] = program.post("/api/features/parity/run", null, "").body();
          return overBars.stream().allMatch(name -> compared(ran[0], name) >= 3 * 3 * 60);
        });
    assertThat(ran[0].path("verdict").asText()).as("%s", ran[0]).isEqualTo("MATCH");
    assertThat(ran[0].path("features").findValuesAsText("mismatched")).containsOnly("0");
    assertThat(values(program.get("/api/features/BTC-USDT/rsi?limit=1000"))).hasSizeGreaterThan(60);
  }

  private static long compared(JsonNode run, String name) {
    for (JsonNode feature : run.path("features")) {
      if (feature.path("name").asText().equals(name)) {
        return feature.path("compared").asLong();
      }
    }
    return 0;
  }

  @Test
  void what_is_not_there_is_said() throws IOException {
    RunningProgram.await(
        "a value", () -> program.get("/api/features/BTC-USDT/mid").status() == 200);
    assertThat(program.get("/api/features/BTC-USDT/unheard").status()).isEqualTo(404);
    assertThat(program.get("/api/features/DOGE-USDT/mid").status()).isEqualTo(404);
    assertThat(program.get("/api/features/BTC-USDT/mid?from=x").status()).isEqualTo(400);
    assertThat(
            program
                .get("/api/features/BTC-USDT/mid?to=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z")
                .status())
        .isEqualTo(400);
    assertThat(program.get("/api/features").body().path("features")).hasSize(18);
  }

  @Test
  void Bug_4_a_window_has_a_longest_length() throws IOException {
    RunningProgram.await(
        "a value", () -> program.get("/api/features/BTC-USDT/mid").status() == 200);
    String month = "?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
    String more = "?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:01Z";
    assertThat(program.get("/api/features/BTC-USDT/mid" + month).status()).isEqualTo(200);
    assertThat(program.get("/api/features/BTC-USDT/mid" + more).status()).isEqualTo(400);
    assertThat(program.get("/api/features/BTC-USDT/rsi" + more).status()).isEqualTo(200);
    assertThat(
            program
                .get("/api/features/BTC-USDT/rsi?from=2000-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                .status())
        .isEqualTo(400);
  }

  private static String point(String eventTime, String value) {
    return "{\"eventTime\":\"" + eventTime + "\",\"value\":" + value + "}";
  }

  private static List<Double> values(Answer answer) {
    List<Double> values = new ArrayList<>();
    answer.body().path("points").forEach(point -> values.add(point.path("value").asDouble()));
    return values;
  }
}
