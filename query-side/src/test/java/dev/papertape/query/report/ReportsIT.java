package dev.papertape.query.report;

import static dev.papertape.query.report.WorkedDay.marked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.eventstore.projection.BatchProjectionProcessor;
import dev.papertape.eventstore.projection.Projections;
import dev.papertape.query.ReadModels;
import dev.papertape.query.RunningQuerySide;
import dev.papertape.query.TestLog;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hand-worked day in a real log: the reports over HTTP, then, now and after a rebuild. */
@Timeout(120)
class ReportsIT {
  private static final List<String> REPORTS =
      List.of("/api/report/alpha-pnl", "/api/report/risk", "/api/alpha/attribution");

  private static RunningQuerySide side;
  private static TestLog log;
  private static long newest;

  /** By path with its window and by position: what was answered when that was the newest event. */
  private static final Map<String, JsonNode> ANSWERED = new TreeMap<>();

  /** One event at a time, with a restart of the projection in the middle. */
  @BeforeAll
  static void theDay() throws Exception {
    side = RunningQuerySide.start();
    log = side.log();
    int appended = 0;
    for (DomainEvent event : WorkedDay.events()) {
      append(event);
      for (String report : REPORTS) {
        remember(report + "?window=1h");
        remember(report + "?window=7d");
      }
      if (++appended == 9) {
        report().shutDown();
        report().start();
      }
    }
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  private static BatchProjectionProcessor report() {
    return side.bean(Projections.class).find(ReportProjection.NAME).orElseThrow();
  }

  private static void append(DomainEvent event) {
    String stream =
        switch (event) {
          case AlphaEvent.RegistryEvent alpha -> "alpha:" + alpha.alphaId();
          case MarketEvent market -> "venue:" + market.venue();
          default -> "portfolio:paper";
        };
    newest = log.append(stream, event);
  }

  private static void remember(String path) throws Exception {
    ANSWERED.put(path + "&asOf=" + newest, read(path));
  }

  private static JsonNode read(String path) throws Exception {
    HttpResponse<String> response = get(path, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode report = new ObjectMapper().readTree(response.body());
    // Of another projection, with tests of its own.
    ((ObjectNode) report).remove("slippage");
    return report;
  }

  private static HttpResponse<String> get(String path, @Nullable String accept) throws Exception {
    HttpRequest.Builder request = side.request(path).header("X-Read-After", Long.toString(newest));
    if (accept != null) {
      request.header("Accept", accept);
    }
    return side.send(request);
  }

  @Test
  void the_day_worked_by_hand_is_what_the_routes_answer() throws Exception {
    JsonNode pnl = ANSWERED.get("/api/report/alpha-pnl?window=1h&asOf=" + dayEnd());
    assertThat(pnl.at("/total/pnl").asText()).isEqualTo("66.51");
    assertThat(pnl.at("/total/fees").asText()).isEqualTo("8.99");
    assertThat(pnl.at("/alphas/1/shapley").asText()).isEqualTo("100.89");
    assertThat(pnl.at("/executionResidual").asText()).isEqualTo("-23.37");
    JsonNode last = pnl.at("/series").get(pnl.at("/series").size() - 1);
    assertThat(last.at("/pnl").asText()).isEqualTo("66.51");
    assertThat(last.at("/alphas/momentum").asText()).isEqualTo("86.79");
    JsonNode risk = ANSWERED.get("/api/report/risk?window=7d&asOf=" + dayEnd());
    assertThat(risk.at("/realizedVol/samples").asInt()).isEqualTo(70);
    assertThat(risk.at("/turnover/notional").asText()).isEqualTo("9315.50");
    JsonNode attribution = ANSWERED.get("/api/alpha/attribution?window=7d&asOf=" + dayEnd());
    assertThat(attribution.at("/attributions/2/alphaId").asText()).isEqualTo("reversion");
    assertThat(attribution.at("/attributions/2/signalWeight").asDouble()).isEqualTo(0.4);
    assertThat(attribution.at("/attributions/2/shapley").asText()).isEqualTo("-11.01");
  }

  /** Position of the day's last event; the account began at position 1. */
  private static long dayEnd() {
    return ANSWERED.keySet().stream()
        .mapToLong(path -> Long.parseLong(path.substring(path.lastIndexOf('=') + 1)))
        .max()
        .orElseThrow();
  }

  /** Between two fills of one second too; and once rows by the second are gone, to the minute. */
  @Test
  void every_moment_of_the_past_answers_as_it_did_then() throws Exception {
    for (Map.Entry<String, JsonNode> answered : ANSWERED.entrySet()) {
      assertThat(read(answered.getKey())).as(answered.getKey()).isEqualTo(answered.getValue());
    }
    append(marked(4 * 3600, "1000066.51305", "101"));
    append(marked(4 * 3600 + 1, "1000066.51305", "101"));
    for (Map.Entry<String, JsonNode> answered : ANSWERED.entrySet()) {
      if (answered.getKey().contains("7d") && !answered.getKey().contains("risk")) {
        assertThat(read(answered.getKey())).as(answered.getKey()).isEqualTo(answered.getValue());
      }
    }
    List<List<String>> live = rows();
    report().shutDown();
    report().resetTokens();
    report().start();
    assertThat(report().awaitPosition(newest, Duration.ofSeconds(60))).isTrue();
    assertThat(rows()).as("folded anew in one batch").isEqualTo(live);
  }

  private static List<List<String>> rows() throws SQLException {
    try (Connection connection = side.bean(DataSource.class).getConnection()) {
      List<List<String>> tables = new ArrayList<>();
      for (String table : List.of("report_era", "report_clock", "report_ledger", "report_equity")) {
        tables.add(
            ReadModels.rows(
                connection,
                "SELECT t::text FROM " + table + " t ORDER BY 1",
                row -> row.getString(1)));
      }
      return tables;
    }
  }

  @Test
  void bad_windows_are_refused_with_every_violation() throws Exception {
    for (String report : REPORTS) {
      for (String bad : List.of("0d", "7x", "-1h", "100y", "91d", "", "1h&window=2h")) {
        HttpResponse<String> response = get(report + "?window=" + bad, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(response.body()).at("/errors/0/pointer").asText())
            .isEqualTo("/query/window");
      }
      HttpResponse<String> three = get(report + "?window=0d&asOf=noon&colour=red", null);
      assertThat(three.statusCode()).isEqualTo(400);
      assertThat(new ObjectMapper().readTree(three.body()).at("/errors")).hasSize(3);
    }
  }

  @Test
  void reports_come_as_csv_too() throws Exception {
    HttpResponse<String> pnl = get("/api/report/alpha-pnl?asOf=" + dayEnd(), "text/csv");
    assertThat(pnl.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(pnl.headers().firstValue("X-Position")).hasValue(Long.toString(dayEnd()));
    assertThat(pnl.body().lines())
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains(",momentum,86.79,8.71,9113.50,1,1.0,"));
    assertThat(get("/api/report/risk?format=csv", null).body()).contains(",turnover,");
    assertThat(get("/api/alpha/attribution", "text/csv").body()).contains(",reversion,BTC-USDT,");
  }
}
