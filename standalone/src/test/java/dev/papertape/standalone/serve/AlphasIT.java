package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alphas in the running program: built in, from a jar, from outside; and what is refused. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlphasIT {
  private static final String BROKEN =
      """
      package example;
      import dev.papertape.command.alpha.*;
      import dev.papertape.contracts.alpha.AlphaKind;
      import java.util.*;
      public final class Broken implements AlphaProvider {
        public String alphaId() { return "broken"; }
        public String name() { return "Broken"; }
        public Alpha create(SortedMap<String, Double> params) {
          return new Alpha() {
            public String id() { return "broken"; }
            public AlphaKind kind() { return AlphaKind.PROVIDED; }
            public int lookBack() { return 1; }
            public List<String> features() { return List.of(); }
            public Double signal(AlphaMoment now) { throw new IllegalStateException("no luck"); }
          };
        }
      }
      """;

  @TempDir static Path folder;
  private static RunningProgram program;
  private static JsonNode beforeRestart;
  private static String newestAt;

  @BeforeAll
  static void start() throws IOException {
    jar();
    program = begin();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  private static RunningProgram begin() throws IOException {
    // The deadline is for a machine that is busy with other tests.
    Map<String, String> environment =
        Map.of(
            "PAPERTAPE_ALPHA_JARS",
            folder.resolve("alphas.jar").toString(),
            "PAPERTAPE_ALPHA_DEADLINE",
            "10s");
    return RunningProgram.start(environment, folder.resolve("data"), "--port", "0").awaitReady();
  }

  @Test
  @Order(1)
  void aFreshStartHasItsAlphas() throws IOException {
    RunningProgram.await("all are registered", () -> alphas().size() == 7);
    JsonNode momentum = alpha("momentum");
    assertThat(momentum.path("kind").asText()).isEqualTo("MOMENTUM");
    assertThat(momentum.path("stage").asText()).isEqualTo("ACTIVE");
    assertThat(momentum.at("/params/lookBack").asInt()).isEqualTo(10);
    assertThat(momentum.path("tradedWeight").asDouble()).isEqualTo(1);
    assertThat(alpha("mean-reversion").path("stage").asText()).isEqualTo("ACTIVE");
    assertThat(alpha("order-book-imbalance").path("stage").asText()).isEqualTo("ACTIVE");
    assertThat(alpha("order-book-imbalance").at("/features/0").asText()).isEqualTo("bookImbalance");
    assertThat(alpha("breakout").path("stage").asText()).isEqualTo("CANARY");
    assertThat(alpha("breakout").path("tradedWeight").asDouble()).isEqualTo(0.25);
    assertThat(alpha("volatility-carry").path("stage").asText()).isEqualTo("SHADOW");
    assertThat(alpha("fade").path("stage").asText()).isEqualTo("INCUBATING");
    assertThat(alpha("fade").path("tradedWeight").asDouble()).isZero();
  }

  @Test
  @Order(2)
  void oneThatThrowsIsBenchedAndTheRestGoOn() throws IOException {
    RunningProgram.await(
        "the broken one is benched",
        () ->
            alpha("broken")
                .path("benchedReason")
                .asText()
                .equals("THREW: It threw IllegalStateException: no luck."));
    RunningProgram.await(
        "the rest trade on",
        () -> program.get("/api/health").body().at("/router/decisionsLastMin").asInt() > 0);
    assertThat(alpha("fade").path("benchedReason").isNull()).isTrue();
  }

  @Test
  @Order(3)
  void oneFromOutsideIsRegisteredAndFed() throws IOException {
    String body =
        "{\"alphaId\":\"mine\",\"name\":\"Mine\",\"symbols\":[\"BTC-USDT\"],\"weight\":0.5}";
    Answer registered = program.post("/api/alphas", "mine-1", body);
    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.text("stage")).isEqualTo("INCUBATING");
    assertThat(registered.text("kind")).isEqualTo("EXTERNAL");
    assertThat(registered.position()).isNotNull();
    assertThat(program.post("/api/alphas", "mine-1", body).body()).isEqualTo(registered.body());
    Answer again = program.post("/api/alphas", null, body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(names(again.body().path("allowedActions"))).containsExactly("CHANGE", "PAUSE");

    Answer taken = signal("mine", "{\"symbol\":\"BTC-USDT\",\"value\":0.5,\"horizon\":\"PT10M\"}");
    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.body().path("horizonMs").asLong()).isEqualTo(600_000);
    assertThat(taken.body().path("frame").asLong()).isPositive();
    newestAt = taken.text("at");
    JsonNode logged = program.get("/api/audit/latest?limit=1000").body();
    assertThat(logged)
        .anyMatch(event -> event.path("subject").asText().equals("signal:mine:BTC-USDT"));
  }

  @Test
  @Order(4)
  void wrongSignalsAreRefusedWithEverythingThatIsWrong() throws IOException {
    Answer wrong =
        signal(
            "mine",
            "{\"symbol\":\"ETH-USDT\",\"value\":1.5,\"horizon\":\"soon\","
                + "\"at\":\"2099-01-01T00:00:00Z\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(violations(wrong))
        .containsExactly(
            "/symbol UNKNOWN_SYMBOL",
            "/value OUT_OF_RANGE",
            "/horizon OUT_OF_RANGE",
            "/at IN_THE_FUTURE");
    assertThat(
            violations(
                signal(
                    "mine",
                    "{\"symbol\":\"BTC-USDT\",\"value\":0,\"horizon\":600000,\"at\":\""
                        + newestAt
                        + "\"}")))
        .containsExactly("/at OUT_OF_ORDER");
    assertThat(signal("mine", "{\"symbol\":\"BTC-USDT\",\"value\":NaN,\"horizon\":1}").status())
        .isEqualTo(400);
    assertThat(
            violations(signal("mine", "{\"symbol\":\"BTC-USDT\",\"value\":\"NaN\",\"horizon\":1}")))
        .containsExactly("/value WRONG_TYPE");
    Answer unknown = signal("nobody", "{\"symbol\":\"BTC-USDT\",\"value\":0,\"horizon\":1000}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(names(unknown.body().path("known"))).contains("mine", "momentum");
    assertThat(
            signal("momentum", "{\"symbol\":\"BTC-USDT\",\"value\":0,\"horizon\":1000}").status())
        .isEqualTo(409);
  }

  @Test
  @Order(5)
  void wrongRegistrationsAndChangesAreRefused() throws IOException {
    Answer wrong =
        program.post(
            "/api/alphas",
            null,
            "{\"alphaId\":\"Not An Id\",\"name\":\"x\",\"kind\":\"BREAKOUT\",\"weight\":2,"
                + "\"symbols\":[\"BTC-USDT\",\"DOGE-USDT\"],\"params\":{\"channel\":2.5,\"x\":1}}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(violations(wrong))
        .containsExactly(
            "/alphaId PATTERN",
            "/weight OUT_OF_RANGE",
            "/symbols/1 UNKNOWN_SYMBOL",
            "/params/channel OUT_OF_RANGE",
            "/params/x UNKNOWN_FIELD");
    assertThat(violations(patch("momentum", "{\"params\":{\"enter\":9},\"reason\":\"try\"}")))
        .containsExactly("/params/enter OUT_OF_RANGE");
    assertThat(patch("momentum", "{\"reason\":\"try\"}").status()).isEqualTo(422);
    assertThat(patch("nobody", "{\"weight\":0,\"reason\":\"try\"}").status()).isEqualTo(404);
    assertThat(reasoned("nobody", "pause").status()).isEqualTo(404);
    assertThat(reasoned("mine", "resume").status()).isEqualTo(409);
  }

  @Test
  @Order(6)
  void changesAndPausesSurviveARestart() throws Exception {
    Answer changed =
        patch("momentum", "{\"params\":{\"lookBack\":20},\"weight\":0.75,\"reason\":\"calmer\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().at("/params/lookBack").asInt()).isEqualTo(20);
    assertThat(changed.body().at("/params/enter").asDouble()).isEqualTo(0.75);
    Answer paused = reasoned("mine", "pause");
    assertThat(paused.status()).isEqualTo(200);
    assertThat(names(paused.body().path("allowedActions"))).containsExactly("CHANGE", "RESUME");
    Answer refused = signal("mine", "{\"symbol\":\"BTC-USDT\",\"value\":0,\"horizon\":1000}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(names(refused.body().path("allowedActions"))).contains("RESUME");
    RunningProgram.await("it is shown", () -> alpha("mine").path("paused").asBoolean());
    beforeRestart = alphas();

    program.stop();
    program = begin();

    RunningProgram.await("the same alphas", () -> alphas().equals(beforeRestart));
    assertThat(reasoned("mine", "resume").status()).isEqualTo(200);
    String before =
        "{\"symbol\":\"BTC-USDT\",\"value\":0,\"horizon\":600000,\"at\":\"" + newestAt + "\"}";
    RunningProgram.await("the market is there", () -> signal("mine", before).status() != 503);
    assertThat(violations(signal("mine", before))).containsExactly("/at OUT_OF_ORDER");
  }

  private static JsonNode alphas() throws IOException {
    return program.get("/api/alpha/registry").body().path("alphas");
  }

  private static JsonNode alpha(String id) throws IOException {
    for (JsonNode alpha : alphas()) {
      if (alpha.path("alphaId").asText().equals(id)) {
        return alpha;
      }
    }
    throw new AssertionError("no alpha " + id);
  }

  private static Answer signal(String id, String body) throws IOException {
    Answer[] answer = new Answer[1];
    // On a busy machine the engine may be seconds behind: the outcome is unknown, and asked again.
    RunningProgram.await(
        "an answer of the engine",
        () -> {
          answer[0] = program.post("/api/alphas/" + id + "/signals", null, body);
          return answer[0].status() != 504;
        });
    return answer[0];
  }

  private static Answer patch(String id, String body) throws IOException {
    return program.send("PATCH", "/api/alphas/" + id, body);
  }

  private static Answer reasoned(String id, String what) throws IOException {
    return program.post("/api/alphas/" + id + "/" + what, null, "{\"reason\":\"test\"}");
  }

  private static List<String> violations(Answer answer) {
    List<String> violations = new ArrayList<>();
    answer
        .body()
        .path("errors")
        .forEach(
            each ->
                violations.add(each.path("pointer").asText() + " " + each.path("code").asText()));
    return violations;
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(each -> names.add(each.asText()));
    return names;
  }

  /** The README's example, and one that throws. */
  private static void jar() throws IOException {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Files.copy(Path.of("../docs/examples/Fade.java"), sources.resolve("Fade.java"));
    Files.writeString(sources.resolve("Broken.java"), BROKEN);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            sources.resolve("Fade.java").toString(),
            sources.resolve("Broken.java").toString());
    assertThat(status).isZero();
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(folder.resolve("alphas.jar")));
        Stream<Path> compiled = Files.walk(classes)) {
      jar.putNextEntry(new JarEntry("META-INF/services/dev.papertape.command.alpha.AlphaProvider"));
      jar.write("example.Fade\nexample.Broken\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      for (Path file : compiled.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        jar.write(Files.readAllBytes(file));
      }
    }
  }
}
