package dev.papertape.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.eventstore.projection.Projections;
import dev.papertape.query.RunningQuerySide;
import dev.papertape.query.SampleEvents;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code GET /api/report/venue} over {@link VenueDay}, event by event. */
class VenueReportIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static RunningQuerySide running;
  private static final Map<Long, JsonNode> asItStood = new TreeMap<>();
  private static final Map<Long, JsonNode> asItStoodByTheSecond = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    running = RunningQuerySide.start();
    running.log().append("portfolio:paper", SampleEvents.reset(VenueDay.at(0)));
    for (VenueDay.Told told : VenueDay.events()) {
      long position = running.log().append(told.stream(), told.event());
      asItStood.put(position, report("?window=7d", position));
      asItStoodByTheSecond.put(position, report("?window=1m", position));
    }
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void shows_every_venue_with_its_figures() throws Exception {
    JsonNode report = report("", newest());
    assertThat(report.at("/window/to").asText()).isEqualTo("2024-08-08T00:02:00.000Z");
    assertThat(report.at("/window/from").asText()).isEqualTo("2024-08-01T00:02:00.000Z");
    JsonNode binance = report.at("/venues/0");
    JsonNode kraken = report.at("/venues/1");
    assertThat(binance.path("venue").asText()).isEqualTo("BINANCE");
    assertThat(binance.at("/slippage/meanBps").asDouble()).isCloseTo(20_250 / 202.0, within(1e-9));
    assertThat(binance.path("winRate").asDouble()).isEqualTo(1);
    assertThat(binance.path("score").asDouble()).isEqualTo(0.8);
    assertThat(binance.at("/realizedSpreadBps/s60").isNull()).isTrue();
    assertThat(binance.at("/downtime/episodes").asInt()).isZero();
    assertThat(kraken.path("rejects").asInt()).isEqualTo(1);
    // 400 ms between two scores, 2 s of STALE, of 152 s
    assertThat(kraken.at("/downtime/ms").asLong()).isEqualTo(2_400);
    assertThat(kraken.at("/downtime/episodes").asInt()).isEqualTo(2);
    // no event between 20.4 s and 70 s
    assertThat(kraken.at("/downtime/observedMs").asLong()).isEqualTo(152_000 - 49_600);
    assertThat(report.at("/total/fills").asInt()).isEqualTo(3);
    // 202 + 99.90
    assertThat(report.at("/total/notional").asText()).isEqualTo("301.9");
    // 0.202 − 0.01
    assertThat(report.at("/total/fees").asText()).isEqualTo("0.192");
  }

  @Test
  void answers_as_of_every_position_what_it_answered_then() throws Exception {
    for (Map.Entry<Long, JsonNode> then : asItStood.entrySet()) {
      assertThat(report("?window=7d&asOf=" + then.getKey(), newest()))
          .as("7d as of %d", then.getKey())
          .isEqualTo(then.getValue());
    }
    for (Map.Entry<Long, JsonNode> then : asItStoodByTheSecond.entrySet()) {
      assertThat(report("?window=1m&asOf=" + then.getKey(), newest()))
          .as("1m as of %d", then.getKey())
          .isEqualTo(then.getValue());
    }
  }

  @Test
  void folding_the_log_again_gives_the_same_report() throws Exception {
    JsonNode before = report("?window=1h", newest());
    var projection = running.bean(Projections.class).find(VenueReportProjection.NAME).orElseThrow();
    projection.shutDown();
    projection.resetTokens();
    projection.start();
    assertThat(projection.awaitPosition(newest(), Duration.ofSeconds(60))).isTrue();
    assertThat(report("?window=1h", newest())).isEqualTo(before);
  }

  @Test
  void is_written_as_csv_too() throws Exception {
    HttpResponse<String> csv =
        running.send(running.request("/api/report/venue?window=4h").header("Accept", "text/csv"));
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    List<String> lines = csv.body().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("venue,orders,legs,fills,");
    assertThat(lines.get(1)).startsWith("BINANCE,1,1,2,202,0.202,1.0,1,1.0,1,");
    int columns = lines.get(0).split(",", -1).length;
    assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(columns));
  }

  @Test
  void names_everything_that_is_wrong_with_a_request() throws Exception {
    for (String window : List.of("0d", "7x", "-1h", "100y", "91d", "1s", "")) {
      HttpResponse<String> refused =
          running.send(running.request("/api/report/venue?window=" + window + "&asOf=now&foo=1"));
      assertThat(refused.statusCode()).as(window).isEqualTo(400);
      List<String> pointers = new ArrayList<>();
      MAPPER
          .readTree(refused.body())
          .path("errors")
          .forEach(error -> pointers.add(error.path("pointer").asText()));
      assertThat(pointers).as(window).hasSize(3);
    }
    HttpResponse<String> twice =
        running.send(running.request("/api/report/venue?window=1h&window=2h"));
    assertThat(twice.statusCode()).isEqualTo(400);
  }

  private static long newest() {
    return ((TreeMap<Long, JsonNode>) asItStood).lastKey();
  }

  private static JsonNode report(String query, long position) throws Exception {
    HttpResponse<String> response =
        running.send(
            running
                .request("/api/report/venue" + query)
                .header("X-Read-After", Long.toString(position)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    ObjectNode body = (ObjectNode) MAPPER.readTree(response.body());
    body.remove("asOf");
    return body;
  }
}
