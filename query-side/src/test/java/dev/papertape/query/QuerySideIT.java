package dev.papertape.query;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.ETH;
import static dev.papertape.query.SampleEvents.KRAKEN;
import static dev.papertape.query.SampleEvents.account;
import static dev.papertape.query.SampleEvents.at;
import static dev.papertape.query.SampleEvents.intent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.eventstore.projection.BatchProjectionProcessor;
import dev.papertape.eventstore.projection.Projections;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query side as a process: events in the log, answers over HTTP. */
class QuerySideIT {
  private static RunningQuerySide querySide;
  private static long head;

  @BeforeAll
  static void start() throws SQLException {
    querySide = RunningQuerySide.start();
    head = write(querySide.log());
  }

  @AfterAll
  static void stop() {
    querySide.close();
  }

  /** Position of each event in comments; later tests name them. */
  private static long write(TestLog log) throws SQLException {
    OrderIntent btc = intent(BTC, "2", "momentum");
    OrderIntent eth = intent(ETH, "1", OrderIntent.MANUAL);
    log.append("venue:BINANCE", SampleEvents.registered(BINANCE, at(0))); // 1
    log.append("venue:KRAKEN", SampleEvents.registered(KRAKEN, at(0))); // 2
    log.append("venue:BINANCE", SampleEvents.connected(BINANCE, 0, at(1))); // 3
    log.append("venue:KRAKEN", SampleEvents.disconnected(KRAKEN, at(2))); // 4
    log.append("portfolio:paper", SampleEvents.reset(at(2))); // 5
    log.append("order:old", SampleEvents.accepted("old", eth, at(3))); // 6
    log.append("order:old", SampleEvents.unroutable("old", eth, at(3))); // 7
    log.append("order:o1", SampleEvents.accepted("o1", btc, at(100))); // 8
    log.append("order:o1", SampleEvents.routed("o1", btc, at(100))); // 9
    log.append(
        "order:o1",
        SampleEvents.filled(
            "o1", btc, "1.5", "0.5", account("848.25", "1.5", "0", "0.25"), at(101))); // 10
    log.append("order:o1", SampleEvents.expired("o1", "0.5", at(101))); // 11
    log.append("order:o2", SampleEvents.accepted("o2", eth, at(110))); // 12
    log.append("order:o2", SampleEvents.blocked("o2", eth, at(110))); // 13
    log.append("venue:BINANCE", SampleEvents.scored(BINANCE, 0.75, at(120))); // 14
    log.append("trading-state:1", new GuardsEvent.TradingHalted("1", "test")); // 15
    log.appendUnheard(); // 16
    return log.append("venue:KRAKEN", SampleEvents.scored(KRAKEN, 0.5, at(120))); // 17
  }

  @Test
  void the_router_snapshot_shows_venues_and_decisions() throws Exception {
    JsonNode snapshot = read("/api/router/snapshot");
    assertThat(snapshot.at("/policyVersion").asText()).isEqualTo("policy-1");
    // Feed time is 120 s: of the decisions at 3 s and 100 s one lies in the last minute.
    assertThat(snapshot.at("/decisionsLastMin").asLong()).isEqualTo(1);
    assertThat(snapshot.at("/venues/0/score").asDouble()).isEqualTo(0.75);
    assertThat(snapshot.at("/venues/0/qos/latencyP95Ms").isNull()).isTrue();
    assertThat(snapshot.at("/venues/0/gates/0").asText()).isEqualTo("STALE");
    JsonNode decision = snapshot.at("/recent/0");
    assertThat(decision.at("/position").asLong()).isEqualTo(9);
    assertThat(decision.at("/quantity").asText()).isEqualTo("2");
    assertThat(decision.at("/at").asText()).isEqualTo("2024-08-08T00:01:40.000Z");
    assertThat(decision.at("/candidates/0/vwap").asText()).isEqualTo("100.00");
    assertThat(decision.at("/candidates/0/allInBps").isNumber()).isTrue();
    assertThat(decision.at("/candidates/1/gate").asText()).isEqualTo("STALE");
    assertThat(decision.at("/legs/0/venue").asText()).isEqualTo("BINANCE");
    assertThat(decision.has("regretBps")).isTrue();
    assertThat(snapshot.at("/recent/1/outcome").asText()).isEqualTo("UNROUTABLE");
    assertThat(snapshot.at("/position").asLong()).isEqualTo(head);
    JsonNode newest = json(send(request("/api/audit/latest?limit=1"))).get(0);
    assertThat(snapshot.at("/asOf")).isEqualTo(newest.at("/recordedAt"));
  }

  /** Feed times: decisions at 3 s (position 7) and 100 s (9), scores at 120 s (14, 17). */
  @ParameterizedTest
  @CsvSource({
    // as of, decisions of the last minute, decisions shown, venues scored
    "0, 0, 0, 0",
    "6, 0, 0, 0",
    "7, 1, 1, 0",
    "8, 0, 1, 0",
    "9, 1, 2, 0",
    "13, 1, 2, 0",
    "14, 1, 2, 1",
    "17, 1, 2, 2"
  })
  void the_router_snapshot_answers_as_of_a_position(
      long asOf, int lastMinute, int shown, int venues) throws Exception {
    JsonNode snapshot = read("/api/router/snapshot?asOf=" + asOf);
    assertThat(snapshot.at("/position").asLong()).isEqualTo(asOf);
    assertThat(snapshot.at("/decisionsLastMin").asInt()).isEqualTo(lastMinute);
    assertThat(snapshot.at("/recent")).hasSize(shown);
    assertThat(snapshot.at("/venues")).hasSize(venues);
    assertThat(snapshot.at("/policyVersion").isNull()).isEqualTo(shown == 0);
  }

  @Test
  void as_of_a_recorded_time_is_as_of_the_newest_position_until_then() throws Exception {
    JsonNode now = read("/api/router/snapshot");
    JsonNode atItsTime = read("/api/router/snapshot?asOf=" + now.at("/asOf").asText());
    assertThat(atItsTime).isEqualTo(now);
    JsonNode before = read("/api/router/snapshot?asOf=2000-01-01T00:00:00Z");
    assertThat(before.at("/position").asLong()).isZero();
    assertThat(before.at("/recent")).isEmpty();
    assertThat(read("/api/router/snapshot?asOf=17&before=9").at("/recent/0/position").asLong())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday, NOT_A_MOMENT",
    "-1, NOT_A_MOMENT",
    "2024-08-08, NOT_A_MOMENT",
    "100000, OUT_OF_RANGE",
    "999999999999999999, OUT_OF_RANGE",
    "2999-01-01T00:00:00Z, OUT_OF_RANGE"
  })
  void a_moment_that_is_none_or_has_not_come_is_refused(String asOf, String code) throws Exception {
    var reply = send(request("/api/router/snapshot?asOf=" + asOf));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(json(reply).at("/errors/0/pointer").asText()).isEqualTo("/query/asOf");
    assertThat(json(reply).at("/errors/0/code").asText()).isEqualTo(code);
  }

  @Test
  void the_registry_shows_rules_fees_and_connections() throws Exception {
    JsonNode registry = read("/api/venues/registry");
    assertThat(registry.at("/venues/0/symbols/0/lotSize").asText()).isEqualTo("0.00001");
    assertThat(registry.at("/venues/0/fees/takerBps").asDouble()).isEqualTo(10);
    assertThat(registry.at("/venues/0/connection/state").asText()).isEqualTo("CONNECTED");
    assertThat(registry.at("/venues/0/connection/reconnects").asLong()).isZero();
    assertThat(registry.at("/venues/1/connection/state").asText()).isEqualTo("DISCONNECTED");
    assertThat(registry.at("/venues/1/connection/reconnects").isNull()).isTrue();
  }

  @Test
  void an_order_shows_its_legs_its_fills_and_why_it_ended() throws Exception {
    JsonNode order = read("/api/orders/o1");
    assertThat(order.at("/status").asText()).isEqualTo("EXPIRED");
    assertThat(order.at("/decisionId").asText()).isEqualTo("d-o1");
    assertThat(order.at("/filledQuantity").asText()).isEqualTo("1.5");
    assertThat(order.at("/averagePrice").asText()).isEqualTo("101.00");
    assertThat(order.at("/legs/0/expiredReason").asText()).isEqualTo("IOC_REMAINDER");
    assertThat(order.at("/fills/0/slippageBps").asDouble()).isEqualTo(100);
    assertThat(order.at("/blockedReason").isNull()).isTrue();
    assertThat(order.at("/position").asLong()).isEqualTo(head);
    assertThat(read("/api/orders/o2").at("/blockedReason").asText()).isEqualTo("HALTED");
  }

  @Test
  void orders_page_newest_first_and_filter() throws Exception {
    assertThat(positions(read("/api/orders"), "orders")).containsExactly(12L, 8L, 6L);
    JsonNode first = read("/api/orders?limit=2");
    assertThat(positions(first, "orders")).containsExactly(12L, 8L);
    JsonNode second = read("/api/orders?limit=2&before=" + first.at("/next").asLong());
    assertThat(positions(second, "orders")).containsExactly(6L);
    assertThat(second.at("/next").isNull()).isTrue();
    assertThat(positions(read("/api/orders?status=BLOCKED"), "orders")).containsExactly(12L);
    assertThat(positions(read("/api/orders?symbol=ETH-USDT"), "orders")).containsExactly(12L, 6L);
    assertThat(positions(read("/api/orders?alphaId=momentum&status=FILLED"), "orders")).isEmpty();
  }

  @Test
  void the_blotter_is_json_or_csv() throws Exception {
    JsonNode fills = read("/api/fills");
    assertThat(positions(fills, "fills")).containsExactly(10L);
    assertThat(fills.at("/fills/0/price").asText()).isEqualTo("101.00");
    String line =
        "10,2024-08-08T00:01:41Z,f-o1-0.5,o1,d-o1,momentum,0,BINANCE,BTC-USDT,BUY,1.5,101.00,0.25,"
            + "10.0,TAKER,102,100,100.0,12,0\r\n";
    for (HttpRequest.Builder csv :
        List.of(
            request("/api/fills").header("Accept", "text/csv"), request("/api/fills?format=csv"))) {
      HttpResponse<String> reply = send(csv);
      assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
      assertThat(reply.body()).startsWith("position,at,fillId").endsWith(line);
    }
  }

  @Test
  void the_portfolio_adds_up() throws Exception {
    JsonNode portfolio = read("/api/portfolio");
    assertThat(portfolio.at("/cash").asText()).isEqualTo("848.25");
    // 1.5 · (102 − 101) = 1.5; 1000 + 0 + 1.5 − 0.25 = 1001.25 = 848.25 + 1.5 · 102
    assertThat(new BigDecimal(portfolio.at("/unrealizedPnl").asText())).isEqualByComparingTo("1.5");
    assertThat(new BigDecimal(portfolio.at("/equity").asText())).isEqualByComparingTo("1001.25");
    assertThat(portfolio.at("/positions/0/symbol").asText()).isEqualTo("BTC-USDT");
  }

  @Test
  void the_audit_is_a_bare_array_with_a_sentence_for_every_event() throws Exception {
    JsonNode entries = json(send(request("/api/audit/latest?limit=16&before=17")));
    assertThat(entries.isArray()).isTrue();
    assertThat(entries).hasSize(16);
    assertThat(entries.get(0).at("/summary").asText()).contains("future.Unheard");
    assertThat(entries.get(1).at("/summary").asText()).isEqualTo("Trading halted: test");
    JsonNode routed = entries.get(7);
    assertThat(routed.at("/type").asText()).isEqualTo("OrderRouted");
    assertThat(routed.at("/context").asText()).isEqualTo("router");
    assertThat(routed.at("/subject").asText()).isEqualTo("order:o1");
    assertThat(routed.at("/actor").asText()).isEqualTo("engine");
    assertThat(routed.at("/causationId").isNull()).isTrue();
    assertThat(routed.at("/summary").asText())
        .isEqualTo("Routed BUY 2 BTC-USDT to BINANCE 2 (1 of 2 venues eligible)");
    assertThat(routed.at("/provenance/algorithm").asText()).isEqualTo("sha-256/jcs");
    assertThat(routed.at("/leafHash").asText())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo("0".repeat(64));
    assertThat(entries.get(15).at("/provenance").isNull()).isTrue();
    JsonNode page = json(send(request("/api/audit/latest?limit=1&before=9")));
    assertThat(page.get(0).at("/position").asLong()).isEqualTo(8);
  }

  @Test
  void health_says_what_is_wrong() throws Exception {
    JsonNode health = read("/api/health");
    assertThat(health.at("/status").asText()).isEqualTo("DEGRADED");
    assertThat(health.at("/reasons/0").asText())
        .isEqualTo("no living process holds the engine's lease");
    assertThat(health.at("/db/state").asText()).isEqualTo("UP");
    assertThat(health.at("/db/latencyMs").asDouble()).isPositive();
    assertThat(health.at("/ws/clients").asLong()).isZero();
    assertThat(health.at("/router/decisionsLastMin").asLong()).isEqualTo(1);
    assertThat(health.at("/exec/blockedLastMin").asLong()).isEqualTo(1);
    assertThat(health.has("lastOHLCVSync")).isTrue();
    assertThat(health.at("/projections").findValuesAsText("name"))
        .containsExactly(
            "alphas",
            "budget",
            "chaos",
            "deploy",
            "execution",
            "features",
            "guards",
            "population",
            "promotion",
            "quality",
            "regime",
            "report",
            "report-venue",
            "router",
            "sizing",
            "venues");
    assertThat(health.at("/log/position").asLong()).isEqualTo(head);
    assertThat(health.at("/log/treeSize").asLong()).isEqualTo(head);
    assertThat(health.at("/uptimeMs").asLong()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
  void probes_are_up(String path) throws Exception {
    assertThat(send(request(path)).body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @Test
  void metrics_are_prometheus_text() throws Exception {
    HttpResponse<String> reply = send(request("/metrics"));
    assertThat(reply.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(reply.body()).contains("# TYPE jvm_info gauge");
  }

  @Test
  void openapi_describes_every_route() throws Exception {
    JsonNode api = json(send(request("/v3/api-docs")));
    assertThat(api.at("/openapi").asText()).startsWith("3.1");
    List<String> paths = new ArrayList<>();
    api.get("paths").fieldNames().forEachRemaining(paths::add);
    assertThat(paths)
        .contains(
            "/api/audit/latest",
            "/api/fills",
            "/api/health",
            "/api/orders",
            "/api/orders/{orderId}",
            "/api/portfolio",
            "/api/router/snapshot",
            "/api/venues/registry");
    assertThat(api.at("/paths/~1api~1orders/get/parameters").findValuesAsText("name"))
        .contains("status", "symbol", "alphaId", "limit", "before");
    JsonNode order = api.at("/components/schemas/order.v1");
    assertThat(order.at("/properties/quantity/type").asText()).isEqualTo("string");
    assertThat(order.at("/externalDocs/url").asText()).isEqualTo("/api/contracts/order/1");
    assertThat(api.at("/paths/~1api~1orders~1{orderId}/get/responses").toString())
        .contains("\"$ref\":\"#/components/schemas/order.v1\"")
        .contains("\"$ref\":\"#/components/schemas/problem.v1\"");
    // A command's route: of another process, and described all the same.
    assertThat(api.at("/paths/~1api~1orders/post/requestBody/content").toString())
        .isEqualTo(
            "{\"application/json\":{\"schema\":"
                + "{\"$ref\":\"#/components/schemas/order-request.v1\"}}}");
    List<String> references = api.findValuesAsText("$ref");
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(api.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
    assertThat(send(request("/swagger-ui")).statusCode()).isIn(200, 302);
    assertThat(send(request("/swagger-ui/index.html")).body()).contains("swagger-ui");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/orders/nope, 404",
    "/api/orders?status=DONE, 400",
    "/api/orders?symbol=btc, 400",
    "/api/orders?limit=0, 400",
    "/api/fills?format=xml, 400",
    "/api/audit/latest?limit=1001, 400",
    "/api/audit/latest?before=-1, 400",
    "/api/portfolio?x=1, 400",
    "/api/venues/registry?x=1, 400",
    "/api/health?x=1, 400",
    "/api/nope, 404"
  })
  void bad_requests_are_problems(String path, int status) throws Exception {
    HttpResponse<String> reply = send(request(path));
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(json(reply).get("type").asText()).startsWith("/problems/");
  }

  @Test
  void what_the_blotter_cannot_be_written_as_is_406() throws Exception {
    assertThat(send(request("/api/fills").header("Accept", "image/png")).statusCode())
        .isEqualTo(406);
  }

  @Test
  void a_read_waits_for_what_was_just_written() throws Exception {
    long position = head;
    for (int i = 0; i < 20; i++) {
      position = querySide.log().append("venue:KRAKEN", SampleEvents.scored(KRAKEN, 0.5, at(120)));
      JsonNode snapshot = json(readAfter("/api/router/snapshot", position));
      assertThat(snapshot.at("/position").asLong()).isGreaterThanOrEqualTo(position);
    }
    head = position;
    assertThat(readAfter("/api/router/snapshot", position + 100).statusCode()).isEqualTo(503);
    assertThat(readAfter("/api/audit/latest", position).statusCode()).isEqualTo(200);
    assertThat(readAfter("/api/audit/latest", position + 100).statusCode()).isEqualTo(503);
  }

  @Test
  void a_rebuild_gives_the_same_rows() throws Exception {
    DataSource dataSource = querySide.bean(DataSource.class);
    Projections projections = querySide.bean(Projections.class);
    readAfter("/api/orders", head);
    Map<String, List<String>> before = rows(dataSource);
    for (BatchProjectionProcessor projection : projections.all()) {
      projection.shutDown();
      projection.resetTokens();
      projection.start();
      assertThat(projection.awaitPosition(head, Duration.ofSeconds(20))).isTrue();
    }
    assertThat(rows(dataSource)).isEqualTo(before);
    assertThat(before.get("execution_order")).hasSize(3);
  }

  private static Map<String, List<String>> rows(DataSource dataSource) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Connection connection = dataSource.getConnection()) {
      for (String table :
          List.of(
              "router_venue",
              "router_score",
              "router_second",
              "market_venue",
              "execution_order",
              "execution_fill",
              "execution_portfolio",
              "execution_second")) {
        rows.put(
            table,
            ReadModels.rows(
                connection,
                "SELECT t::text FROM " + table + " t ORDER BY 1",
                row -> row.getString(1)));
      }
    }
    return rows;
  }

  @Test
  void contracts_are_listed_and_served_byte_for_byte() throws Exception {
    JsonNode list = read("/api/contracts").get("contracts");
    assertThat(list.findValuesAsText("name")).contains("order", "order-request", "l2-book");
    for (JsonNode contract : list) {
      HttpResponse<String> document = send(request(contract.get("href").asText()));
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(document.headers().firstValue("Content-Type")).hasValue("application/schema+json");
      assertThat(document.headers().firstValue("ETag"))
          .hasValue("\"" + contract.get("sha256").asText() + "\"");
      assertThat(sha256(document.body())).isEqualTo(contract.get("sha256").asText());
      assertThat(json(document).get("$id")).isEqualTo(contract.get("id"));
    }
  }

  @Test
  void a_contract_that_is_known_is_not_sent_again_and_an_unknown_one_names_the_known()
      throws Exception {
    HttpResponse<String> first = send(request("/api/contracts/order/1"));
    HttpRequest.Builder again =
        request("/api/contracts/order/1")
            .header("If-None-Match", first.headers().firstValue("ETag").orElseThrow());
    assertThat(send(again).statusCode()).isEqualTo(304);
    for (String unknown : List.of("order/2", "order/01", "none/1", "order/x")) {
      HttpResponse<String> missing = send(request("/api/contracts/" + unknown));
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(json(missing).get("known").toString()).contains("\"order/1\"");
    }
    assertThat(send(request("/api/contracts?x=1")).statusCode()).isEqualTo(400);
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode read(String path) throws Exception {
    HttpResponse<String> reply = readAfter(path, head);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return json(reply);
  }

  private static HttpResponse<String> readAfter(String path, long position) throws Exception {
    return send(request(path).header("X-Read-After", Long.toString(position)));
  }

  private static HttpRequest.Builder request(String path) {
    return querySide.request(path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return querySide.send(request);
  }

  private static JsonNode json(HttpResponse<String> reply) throws Exception {
    return new ObjectMapper().readTree(reply.body());
  }

  private static List<Long> positions(JsonNode page, String list) {
    List<Long> positions = new ArrayList<>();
    page.get(list).forEach(item -> positions.add(item.get("position").asLong()));
    return positions;
  }
}
