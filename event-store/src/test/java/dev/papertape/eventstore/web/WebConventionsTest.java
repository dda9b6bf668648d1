package dev.papertape.eventstore.web;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The conventions as a client meets them, over HTTP. */
@SpringBootTest(
    classes = SampleRoutes.class,
    properties = "papertape.contracts.responses=FAIL",
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WebConventionsTest {
  private static final String GOOD = "{\"name\":\"a\",\"size\":\"0.10\"}";
  private static HttpClient http;

  @LocalServerPort private int port;
  @Autowired private SampleRoutes.Routes routes;

  @BeforeAll
  static void open() {
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    http.close();
  }

  @Test
  void an_object_response_has_plain_decimals_millisecond_times_nulls_and_its_position()
      throws Exception {
    var reply = get("/api/widget");
    assertThat(reply.body())
        .isEqualTo(
            "{\"name\":\"w\",\"size\":\"0.00000001\",\"ratio\":null,\"note\":null,"
                + "\"at\":\"2024-08-08T00:00:00.000Z\",\"asOf\":\"2024-08-08T00:00:00.123456Z\","
                + "\"position\":7}");
    assertThat(reply.headers().firstValue("X-Position")).hasValue("7");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nowhere, 404, not-found",
    "GET, /api/unknown, 404, not-found",
    "DELETE, /api/widget, 405, method-not-allowed",
    "POST, /api/widget, 405, method-not-allowed",
    "GET, /api/wrong-state, 409, wrong-state",
    "GET, /api/busy, 429, too-many-requests",
    "GET, /api/async-bug, 503, unavailable",
    "GET, /api/bug, 500, internal-error",
    "GET, /api/widget?limit=0, 400, invalid-parameters",
    "GET, /api/%00, 400, malformed-request",
    "GET, /error, 404, not-found"
  })
  void every_failure_is_a_problem(String method, String path, int status, String slug)
      throws Exception {
    var reply = send(request(path).method(method, BodyPublishers.noBody()));
    assertProblem(reply, status, slug);
    assertThat(reply.body()).doesNotContain("secret").doesNotContain("at dev.papertape");
  }

  @Test
  void a_problem_names_what_may_be_done_instead() throws Exception {
    assertThat(json(get("/api/wrong-state")).get("allowedActions").toString())
        .isEqualTo("[\"resume\",\"abort\"]");
    assertThat(get("/api/busy").headers().firstValue("Retry-After")).hasValue("2");
    assertThat(get("/api/async-bug").headers().firstValue("Retry-After")).hasValue("1");
    assertThat(json(get("/api/unknown")).get("known").toString())
        .isEqualTo("[\"BINANCE\",\"KRAKEN\"]");
    var method = send(request("/api/widget").DELETE());
    assertThat(method.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void what_cannot_be_accepted_is_a_problem_all_the_same() throws Exception {
    var reply = send(request("/api/text").header("Accept", "application/pdf"));
    assertProblem(reply, 406, "not-acceptable");
  }

  @Test
  void tomcat_answers_with_problems_too() throws Exception {
    for (String line : List.of("GET /a|b{} HTTP/1.1\r\nHost: x", "GET / HTTP/1.1\r\nHost: a b")) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write((line + "\r\n\r\n").getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer)
            .startsWith("HTTP/1.1 400")
            .contains("application/problem+json")
            .contains("/problems/malformed-request")
            .doesNotContain("<html");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "/api/orders/%00 # Host: x # /path UNREADABLE",
        "/api/orders/%ZZ # Host: x # /path UNREADABLE",
        "/api/orders/%ff # Host: x # /path UNREADABLE",
        "/api/orders/a%2fb # Host: x # /path UNREADABLE",
        "/api/widget;x=%zz # Host: x # /path UNREADABLE",
        "/../api/widget # Host: x # /path UNREADABLE",
        "/api/widget # X: y # /header/Host MISSING",
        "/api/widget # Host: x\\nHost: y # /header/Host REPEATED",
        "/api/widget # Host: x\\nContent-Length: y # ' UNREADABLE'",
        "/api/wid|get # Host: x # ' UNREADABLE'"
      })
  void Bug_3_what_cannot_be_read_is_pointed_at(String path, String headers, String violation)
      throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String head = headers.replace("\\n", "\r\n") + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\n" + head).getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/malformed-request");
      JsonNode error =
          new ObjectMapper().readTree(answer.substring(answer.indexOf('{'))).at("/errors/0");
      assertThat(error.at("/pointer").asText() + " " + error.at("/code").asText())
          .isEqualTo(violation);
    }
  }

  @Test
  void Bug_3_a_content_type_that_is_not_read_is_pointed_at() throws Exception {
    var other = request("/api/widgets").header("Content-Type", "text/plain");
    var reply = send(other.POST(BodyPublishers.ofString(GOOD)));
    assertThat(violations(reply)).containsExactly("/header/Content-Type UNSUPPORTED");
    assertThat(json(reply).at("/errors/0/rejected").asText()).isEqualTo("text/plain");
    var none = send(request("/api/widgets").POST(BodyPublishers.ofString(GOOD)));
    assertProblem(none, 415, "unsupported-media-type");
    assertThat(violations(none)).containsExactly("/header/Content-Type MISSING");
    assertThat(json(none).at("/errors/0/rejected").isNull()).isTrue();
  }

  @Test
  void Bug_3_an_unknown_version_of_http_is_not_an_error_of_ours() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("GET / HTTP/9.9\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("/problems/malformed-request");
    }
  }

  @Test
  void Bug_3_a_chunk_that_cannot_be_read_is_malformed_and_no_incident() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request =
          "POST /api/widgets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("the body's transfer cannot be read");
    }
  }

  @Test
  void Bug_3_a_path_parameter_that_cannot_be_decoded_is_malformed() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request = "GET /api/widget;x=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("/problems/malformed-request");
    }
  }

  @Test
  void Bug_3_a_query_parameter_that_cannot_be_decoded_is_not_passed_over() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request = "GET /api/widget?limit=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("UNREADABLE");
    }
  }

  /** PostgreSQL refuses U+0000, so such a text once stopped every projection that showed it. */
  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u001b", "\\u007f", "\\u0085"})
  void Bug_3_text_has_no_control_characters(String escape) throws Exception {
    var reply = post("/api/widgets", "{\"name\":\"a" + escape + "\",\"size\":1}");
    assertProblem(reply, 422, "contract-violation");
    assertThat(violations(reply)).containsExactly("/name CONTROL_CHARACTER");
  }

  @Test
  void text_may_have_lines_and_tabs() throws Exception {
    assertThat(post("/api/widgets", "{\"name\":\"a\\n\\tb\",\"size\":1}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void Bug_3_a_body_is_strict_utf_8() throws Exception {
    byte[] overlong = GOOD.getBytes(UTF_8);
    overlong = new String(overlong, UTF_8).replace("\"a\"", "\"##\"").getBytes(UTF_8);
    int at = new String(overlong, UTF_8).indexOf("##");
    overlong[at] = (byte) 0xc0;
    overlong[at + 1] = (byte) 0xad;
    for (byte[] body : List.of(overlong, GOOD.getBytes(UTF_16), GOOD.getBytes(UTF_16LE))) {
      var reply =
          send(
              request("/api/widgets")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(body)));
      assertProblem(reply, 400, "malformed-body");
    }
  }

  @Test
  void all_violations_of_a_body_come_at_once_with_their_pointers() throws Exception {
    var reply =
        post("/api/widgets", "{\"name\":\"\",\"size\":-1,\"tags\":[1,12,\"x\"],\"a/b\":{\"c\":1}}");
    assertProblem(reply, 422, "contract-violation");
    assertThat(violations(reply))
        .containsExactly(
            "/name LENGTH",
            "/size NOT_POSITIVE",
            "/tags/1 OUT_OF_RANGE",
            "/tags/2 WRONG_TYPE",
            "/a~1b UNKNOWN_FIELD");
    assertThat(json(reply).at("/errors/1/rejected").textValue()).isEqualTo("-1");
  }

  @Test
  void what_is_not_json_is_400_and_still_names_the_rest() throws Exception {
    var reply = post("/api/widgets", "{\"size\":NaN,\"name\":1,\"name\":\"b\",\"size\":1}");
    assertProblem(reply, 400, "malformed-body");
    assertThat(violations(reply))
        .containsExactly(
            "/size NOT_FINITE", "/name WRONG_TYPE", "/name DUPLICATE_KEY", "/size DUPLICATE_KEY");
    var broken = post("/api/widgets", "{\"name\":7,\n \"size\":}");
    assertProblem(broken, 400, "malformed-body");
    assertThat(violations(broken)).containsExactly("/name WRONG_TYPE", " BROKEN_JSON");
    assertThat(json(broken).at("/errors/1/message").textValue()).contains("line 2, column 9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "''#EMPTY",
        "[1]#WRONG_TYPE",
        "null#WRONG_TYPE",
        "{\"name\":\"a\",\"size\":1} x#BROKEN_JSON",
        "{\"name\":\"a\",\"size\":1}{}#TRAILING",
        "{\"name\":\"a\",\"size\":\"1e999\"}#OUT_OF_RANGE",
        "{\"name\":\"a\",\"size\":1e-999}#TOO_PRECISE",
        "{\"name\":\"a\",\"size\":\"1e99999999\"}#NOT_A_DECIMAL",
        "{\"name\":\"a\",\"size\":\"0x1\"}#NOT_A_DECIMAL",
        "{\"name\":\"a\",\"size\":-Infinity}#NOT_FINITE",
        "{\"name\":\"\\ud800\",\"size\":1}#LONE_SURROGATE",
        "{\"name\":\"a\"}#MISSING"
      })
  void a_bad_body_is_refused_with_its_reason(String body, String code) throws Exception {
    var reply = post("/api/widgets", body);
    assertThat(reply.statusCode()).isIn(400, 422);
    assertThat(violations(reply)).hasSize(1).first().asString().endsWith(" " + code);
  }

  @Test
  void a_rule_speaks_together_with_the_schema_and_in_the_order_of_the_body() throws Exception {
    var reply = post("/api/widgets", "{\"size\":0,\"name\":\"taken\",\"tags\":[1,2,3,4]}");
    assertThat(violations(reply))
        .containsExactly("/size NOT_POSITIVE", "/name TAKEN", "/tags TOO_MANY");
  }

  @Test
  void a_pattern_is_explained_in_words() throws Exception {
    var reply = post("/api/widgets", "{\"name\":\"a\",\"size\":1,\"code\":\"x1\"}");
    assertThat(violations(reply)).containsExactly("/code PATTERN");
    assertThat(json(reply).at("/errors/0/message").asText())
        .isEqualTo("must be 2 to 4 small letters");
    assertThat(json(reply).at("/errors/0/rejected").asText()).isEqualTo("x1");
  }

  @Test
  void a_member_that_another_one_asks_for_is_missed_with_the_reason() throws Exception {
    var reply = post("/api/widgets", "{\"name\":\"a\",\"size\":1,\"kind\":\"SQUARE\"}");
    assertThat(violations(reply)).containsExactly("/code MISSING");
    assertThat(json(reply).at("/errors/0/message").asText())
        .isEqualTo("is required with kind SQUARE");
  }

  @Test
  void a_choice_lists_what_may_be_chosen_and_null_is_as_good_as_nothing() throws Exception {
    var reply = post("/api/widgets", "{\"name\":\"a\",\"size\":1,\"kind\":\"OVAL\"}");
    assertThat(json(reply).at("/errors/0/message").asText())
        .isEqualTo("must be one of ROUND, SQUARE");
    assertThat(
            post("/api/widgets", "{\"name\":\"a\",\"size\":1,\"kind\":null,\"tags\":null}")
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99999999",
        "1e9999999999",
        "-1e-999999999",
        "1e999999999999999999999999",
        "123456789012345678901234567890",
        "true",
        "null",
        "{}",
        "[[[[1]]]]"
      })
  void no_value_is_too_strange_to_be_refused(String size) throws Exception {
    var reply = post("/api/widgets", "{\"name\":\"a\",\"size\":" + size + "}");
    assertProblem(reply, 422, "contract-violation");
    assertThat(violations(reply)).hasSize(1).first().asString().startsWith("/size ");
  }

  @Test
  void a_number_of_ten_thousand_digits_is_out_of_range() throws Exception {
    for (String size : List.of("9".repeat(10_000), "0." + "9".repeat(10_000))) {
      var reply = post("/api/widgets", "{\"name\":\"a\",\"size\":" + size + "}");
      assertProblem(reply, 422, "contract-violation");
      assertThat(violations(reply)).containsExactly("/size OUT_OF_RANGE");
    }
  }

  @Test
  void ten_thousand_wrong_elements_are_ten_thousand_violations() throws Exception {
    String tags = "x,".repeat(10_000).replace("x", "12") + "1";
    var reply = post("/api/widgets", "{\"name\":\"a\",\"size\":1,\"tags\":[" + tags + "]}");
    assertProblem(reply, 422, "contract-violation");
    assertThat(violations(reply))
        .hasSize(10_001)
        .contains("/tags TOO_MANY", "/tags/0 OUT_OF_RANGE", "/tags/9999 OUT_OF_RANGE");
  }

  @Test
  void nesting_without_end_is_malformed() throws Exception {
    var deep = post("/api/widgets", "{\"name\":" + "[".repeat(30_000));
    assertProblem(deep, 400, "malformed-body");
    var closed =
        post("/api/widgets", "{\"name\":" + "[".repeat(900) + "]".repeat(900) + ",\"size\":1}");
    assertThat(violations(closed)).containsExactly("/name WRONG_TYPE");
  }

  @Test
  void a_name_within_a_broken_name_is_pointed_at() throws Exception {
    var reply = post("/api/widgets", "{\"name\":\"a\",\"size\":1,\"x~/y\":{\"z\":null}}");
    assertThat(violations(reply)).containsExactly("/x~0~1y UNKNOWN_FIELD");
  }

  @Test
  void a_response_that_breaks_its_contract_fails_where_that_is_looked_for() throws Exception {
    var reply = get("/api/wrong-widget");
    assertProblem(reply, 500, "internal-error");
    assertThat(json(reply).at("/detail").asText())
        .contains("widget-reply/1", "'/size' must match", "'/position' is required");
  }

  @Test
  void decimals_are_taken_exactly_from_strings_and_from_numbers() throws Exception {
    for (String size : List.of("\"0.100000000000000005\"", "0.100000000000000005")) {
      assertThat(post("/api/widgets", "{\"name\":\"a\",\"size\":" + size + "}").body())
          .isEqualTo("{\"read\":\"a 0.100000000000000005\"}");
    }
  }

  @Test
  void bodies_beyond_the_limit_are_refused_announced_or_chunked() throws Exception {
    byte[] large = new byte[1 << 20];
    var announced = BodyPublishers.ofByteArray(large);
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
    for (var body : List.of(announced, chunked)) {
      assertProblem(send(json(request("/api/widgets")).POST(body)), 413, "body-too-large");
    }
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "application/x-www-form-urlencoded", "nonsense", "application/xml"})
  void other_content_types_are_refused(String type) throws Exception {
    var request = request("/api/widgets").header("Content-Type", type);
    assertProblem(send(request.POST(BodyPublishers.ofString(GOOD))), 415, "unsupported-media-type");
  }

  @Test
  void all_violations_of_a_query_come_at_once() throws Exception {
    var reply = get("/api/widget?limit=1001&before=x&nope=1&limit=2");
    assertProblem(reply, 400, "invalid-parameters");
    assertThat(violations(reply))
        .containsExactlyInAnyOrder(
            "/query/limit REPEATED",
            "/query/limit OUT_OF_RANGE",
            "/query/before WRONG_TYPE",
            "/query/nope UNKNOWN_PARAMETER");
    assertThat(get("/api/widget?limit=+7&before=999999999999999999").statusCode()).isEqualTo(400);
    assertThat(get("/api/widget?limit=%2B7&before=999999999999999999").statusCode()).isEqualTo(200);
  }

  /** Where no handler would look: on any method, whatever the body. */
  @Test
  void what_no_handler_reads_is_refused() throws Exception {
    var query = get("/api/text?a=1&b=2");
    assertProblem(query, 400, "invalid-parameters");
    assertThat(violations(query))
        .containsExactlyInAnyOrder("/query/a UNKNOWN_PARAMETER", "/query/b UNKNOWN_PARAMETER");
    var post = request("/api/widgets?dryRun=true").header("Content-Type", "application/json");
    assertThat(violations(send(post.POST(BodyPublishers.ofString(GOOD)))))
        .containsExactly("/query/dryRun UNKNOWN_PARAMETER");

    assertThat(withBody("/api/text", "{}").statusCode()).isEqualTo(200);
    var stranger = withBody("/api/text", "{\"x\":1}");
    assertProblem(stranger, 422, "contract-violation");
    assertThat(violations(stranger)).containsExactly("/x UNKNOWN_FIELD");
    assertProblem(withBody("/api/text", "{"), 400, "malformed-body");
  }

  private HttpResponse<String> withBody(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method("GET", BodyPublishers.ofString(body)));
  }

  @Test
  void a_read_waits_for_its_projection_or_says_when_to_come_again() throws Exception {
    assertThat(send(request("/api/widget").header("X-Read-After", "7")).statusCode())
        .isEqualTo(200);
    var late = send(request("/api/widget").header("X-Read-After", "8"));
    assertProblem(late, 503, "position-not-reached");
    assertThat(late.headers().firstValue("Retry-After")).hasValue("1");
    var malformed = send(request("/api/text").header("X-Read-After", "-1"));
    assertProblem(malformed, 400, "invalid-parameters");
    assertThat(violations(malformed)).containsExactly("/header/X-Read-After NOT_A_POSITION");
  }

  @Test
  void a_repeated_key_gets_the_same_reply_and_another_body_a_conflict() throws Exception {
    var first = command("k1", GOOD);
    var second = command("k1", "{ \"size\":\"0.10\", \"name\":\"a\" }");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("X-Position")).hasValue("42");
    var other = command("k1", "{\"name\":\"a\",\"size\":\"0.100000000000000001\"}");
    assertProblem(other, 409, "idempotency-key-reused");
    assertThat(command("k2", GOOD).body()).isNotEqualTo(first.body());
    assertProblem(command("k 3", GOOD), 400, "invalid-parameters");
  }

  @Test
  void Bug_3_a_second_key_is_refused_and_not_passed_over() throws Exception {
    int before = routes.runs.get();
    var reply = send(commandRequest("twice-1", GOOD).header("Idempotency-Key", "twice-2"));
    assertProblem(reply, 400, "invalid-parameters");
    assertThat(violations(reply)).containsExactly("/header/Idempotency-Key REPEATED");
    assertThat(json(reply).at("/errors/0/rejected").asText()).isEqualTo("twice-1,twice-2");
    assertThat(routes.runs.get()).isEqualTo(before);

    var positions = request("/api/widget").header("X-Read-After", "1").header("X-Read-After", "x");
    assertThat(violations(send(positions)))
        .containsExactly("/header/X-Read-After REPEATED", "/header/X-Read-After NOT_A_POSITION");
  }

  @Test
  void commands_in_flight_under_one_key_run_once() throws Exception {
    routes.hold = new CountDownLatch(1);
    int before = routes.runs.get();
    List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      replies.add(http.sendAsync(commandRequest("flight", GOOD).build(), BodyHandlers.ofString()));
    }
    routes.hold.countDown();
    assertThat(replies.stream().map(CompletableFuture::join).map(HttpResponse::body).distinct())
        .hasSize(1);
    assertThat(routes.runs.get()).isEqualTo(before + 1);
  }

  private HttpResponse<String> command(String key, String body) throws Exception {
    return send(commandRequest(key, body));
  }

  private HttpRequest.Builder commandRequest(String key, String body) {
    return json(request("/api/commands"))
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(json(request(path)).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpRequest.Builder json(HttpRequest.Builder request) {
    return request.header("Content-Type", "application/json");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> reply) throws Exception {
    return new ObjectMapper().readTree(reply.body());
  }

  private static List<String> violations(HttpResponse<String> reply) throws Exception {
    List<String> found = new ArrayList<>();
    json(reply)
        .get("errors")
        .forEach(e -> found.add(e.get("pointer").asText() + " " + e.get("code").asText()));
    return found;
  }

  private static void assertProblem(HttpResponse<String> reply, int status, String slug)
      throws Exception {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = json(reply);
    assertThat(problem.get("type").asText()).isEqualTo("/problems/" + slug);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotEmpty();
    assertThat(problem.get("detail").asText()).isNotEmpty();
    assertThat(problem.get("instance").asText()).isEqualTo(reply.uri().getRawPath());
    assertThat(problem.get("errors").isArray()).isTrue();
  }
}
