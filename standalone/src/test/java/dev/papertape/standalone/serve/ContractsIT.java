package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.contract.Role;
import dev.papertape.eventstore.contract.Route;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad bodies at every route of the assembled program that reads one, and its replies against their
 * contracts. {@link RunningProgram} fails a test in which a reply broke its contract.
 */
@Timeout(600)
class ContractsIT {
  private static final Contracts CONTRACTS = Contracts.onClassPath();

  /** What no request may be; each is worked out by hand to be refused by every contract. */
  private static final Map<String, Integer> BAD_BODIES =
      Map.ofEntries(
          Map.entry("", 400),
          Map.entry("{", 400),
          Map.entry("{}{}", 400),
          Map.entry("{\"reason\":NaN,\"symbol\":NaN}", 400),
          Map.entry("{\"x\":1,\"x\":2}", 400),
          Map.entry("\u0000", 400),
          Map.entry("[".repeat(20_000), 400),
          Map.entry("null", 422),
          Map.entry("[]", 422),
          Map.entry("7", 422),
          Map.entry("1e999999999", 422),
          Map.entry("\"text\"", 422),
          Map.entry("{\"noSuchMember\":null}", 422),
          Map.entry("{\"noSuchMember\":" + "[".repeat(900) + "]".repeat(900) + "}", 422),
          Map.entry("{\"noSuchMember\":[" + "0,".repeat(10_000) + "0]}", 422),
          Map.entry("{\"reason\":1e99999999,\"symbol\":1e99999999}", 422),
          Map.entry("{\"reason\":" + "9".repeat(5_000) + "}", 422),
          Map.entry("{\"reason\":{\"a\":null},\"quantity\":{\"b\":[null]}}", 422));

  @TempDir static Path folder;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    RunningProgram.await(
        "symbols are listed",
        () ->
            program
                .post("/api/orders", null, "{\"symbol\":\"NO-NE\"}")
                .body()
                .toString()
                .contains("UNKNOWN_SYMBOL"));
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @TestFactory
  Stream<DynamicTest> bad_bodies_are_refused_at_every_route_with_every_pointer() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Contract contract : CONTRACTS.all()) {
      if (contract.role() == Role.REQUEST) {
        contract.routes().stream()
            .filter(route -> !route.method().equals("DELETE"))
            .forEach(
                route ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            route.toString(), () -> assertRefusals(route, contract))));
      }
    }
    return tests.stream();
  }

  private static void assertRefusals(Route route, Contract contract) throws IOException {
    Contract problem = CONTRACTS.get("problem", 1);
    for (Map.Entry<String, Integer> bad : BAD_BODIES.entrySet()) {
      if (bad.getKey().isEmpty() && contract.name().equals("empty-request")) {
        continue; // There it may be left out.
      }
      Answer answer = send(route, bad.getKey());
      String as = route + " of " + bad.getKey().substring(0, Math.min(60, bad.getKey().length()));
      assertThat(answer.status()).as(as).isEqualTo(bad.getValue());
      assertThat(problem.breaches(answer.body())).as(as).isEmpty();
      assertThat(answer.body().path("errors")).as(as).isNotEmpty();
    }
    // Whatever the validator finds in an object of nonsense is answered, pointer by pointer.
    String nonsense = "{\"a\":1,\"b\":[],\"c\":{},\"d\":null}";
    List<String> expected =
        contract
            .breaches(new com.fasterxml.jackson.databind.ObjectMapper().readTree(nonsense))
            .stream()
            .map(Breach::pointer)
            .toList();
    assertThat(send(route, nonsense).body().path("errors"))
        .extracting(error -> error.path("pointer").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Answer send(Route route, String body) throws IOException {
    return switch (route.method()) {
      case "POST" -> program.post(path(route), null, body);
      case "PUT" -> program.put(path(route), null, body);
      case "PATCH" -> program.send("PATCH", path(route), body);
      default -> throw new AssertionError(route + " is no way to send a body");
    };
  }

  /** Names in a path are free: a body is read before anything is looked up, or is not found. */
  private static String path(Route route) {
    return route
        .pattern()
        .replace("{symbol}", "NO-NE")
        .replace("{provider}", "NONE")
        .replaceAll("\\{[^}]+}", "none");
  }

  @Test
  void all_violations_of_an_order_are_answered_at_once() throws IOException {
    Answer answer =
        program.post(
            "/api/orders",
            null,
            "{\"symbol\":\"NO-NE\",\"side\":\"HOLD\",\"quantity\":-1,\"limitPrice\":true,"
                + "\"timeInForce\":\"GTC\",\"alphaId\":\"a b\",\"clientOrderId\":\"\",\"x\":{}}");
    assertThat(answer.status()).isEqualTo(422);
    List<String> found = new ArrayList<>();
    for (JsonNode error : answer.body().path("errors")) {
      found.add(error.path("pointer").asText() + " " + error.path("code").asText());
    }
    assertThat(found)
        .containsExactly(
            "/symbol UNKNOWN_SYMBOL",
            "/side UNKNOWN_VALUE",
            "/quantity NOT_POSITIVE",
            "/limitPrice WRONG_TYPE",
            "/alphaId PATTERN",
            "/clientOrderId LENGTH",
            "/x UNKNOWN_FIELD");
  }

  @Test
  void every_reply_that_can_be_had_without_a_name_keeps_its_contract() throws IOException {
    for (Contract contract : CONTRACTS.all()) {
      for (Route route : contract.routes()) {
        if (contract.role() == Role.RESPONSE
            && route.method().equals("GET")
            && !route.pattern().contains("{")) {
          Answer answer = program.get(route.pattern());
          assertThat(answer.status()).as(route.toString()).isEqualTo(200);
          assertThat(contract.breaches(answer.body())).as(route.toString()).isEmpty();
        }
      }
    }
  }

  /** Each route, whatever its method, whether its handler reads a query or not. */
  @TestFactory
  Stream<DynamicTest> unknown_parameters_are_refused_at_every_route() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Contract contract : CONTRACTS.all()) {
      if (contract.role() == Role.QUERY) {
        contract
            .routes()
            .forEach(
                route ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            route.toString(), () -> assertRefusesStranger(route, contract))));
      }
    }
    return tests.stream();
  }

  private static void assertRefusesStranger(Route route, Contract contract) throws IOException {
    String both = contract.json().path("properties").has("limit") ? "limit=x&nope=1" : "nope=1";
    Answer answer = program.send(route.method(), path(route) + "?" + both, "{\"reason\":\"x\"}");
    assertThat(answer.status()).isEqualTo(400);
    List<String> found = new ArrayList<>();
    for (JsonNode error : answer.body().path("errors")) {
      found.add(error.path("pointer").asText() + " " + error.path("code").asText());
    }
    assertThat(found).contains("/query/nope UNKNOWN_PARAMETER");
    assertThat(found).hasSize(both.startsWith("limit") ? 2 : 1);
  }

  @Test
  void violations_are_counted_from_the_first_scrape_on() throws IOException {
    double before = violations("order-request/1", "request");
    program.post("/api/orders", null, "{}");
    assertThat(violations("order-request/1", "request")).isEqualTo(before + 1);
    for (Contract contract : CONTRACTS.all()) {
      if (contract.role() == Role.RESPONSE) {
        assertThat(violations(contract.label(), "response")).as(contract.label()).isZero();
      }
      if (contract.role() == Role.INGEST) {
        assertThat(violations(contract.label(), "ingest")).as(contract.label()).isZero();
      }
    }
  }

  @Test
  void live_frames_are_sampled() throws IOException {
    RunningProgram.await(
        "a frame was held against its contract",
        () -> metric("contract_samples_checked_total ") > 0);
  }

  private static double violations(String contract, String direction) throws IOException {
    return metric(
        "contract_violations_total{contract=\""
            + contract
            + "\",direction=\""
            + direction
            + "\"} ");
  }

  private static double metric(String line) throws IOException {
    return program
        .text("/metrics")
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + line));
  }
}
