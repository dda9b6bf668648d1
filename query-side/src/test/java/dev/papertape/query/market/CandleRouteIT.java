package dev.papertape.query.market;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.MarketEvent.CandlesSynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.market.CandleStore;
import dev.papertape.eventstore.market.CandleWrite;
import dev.papertape.query.RunningQuerySide;
import dev.papertape.query.SampleEvents;
import dev.papertape.query.TestLog;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Candles in the store, a query side as a process of its own, answers over HTTP. */
class CandleRouteIT {
  private static final String CANDLES = "/api/candles/BINANCE/BTC-USDT";
  private static RunningQuerySide querySide;
  private static TestLog log;

  @BeforeAll
  static void start() throws SQLException {
    querySide = RunningQuerySide.start();
    log = querySide.log();
    log.append("venue:BINANCE", SampleEvents.registered(BINANCE, at(0)));
    store(querySide.bean(CandleStore.class));
  }

  /** Minutes 0 to 199 but 7 and 8, 3 in quarantine, covered to 200. */
  private static void store(CandleStore store) throws SQLException {
    List<CandleWrite> writes = new ArrayList<>();
    for (int minute = 0; minute < 200; minute++) {
      if (minute != 7 && minute != 8) {
        Candles candle = Candles.minute(minute);
        writes.add(
            new CandleWrite.Observed(
                (minute == 3 ? candle.prices("1", "1", "1", "1").quarantined("SPIKE") : candle)
                    .stored()));
      }
    }
    writes.add(
        new CandleWrite.Covered(
            "BINANCE", "BTC-USDT", Candles.MIDNIGHT, Candles.MIDNIGHT.plusSeconds(200 * 60)));
    store.write(writes);
  }

  @AfterAll
  static void stop() {
    querySide.close();
  }

  private static HttpResponse<String> get(String path, @Nullable Long after) throws Exception {
    HttpRequest.Builder request = querySide.request(path);
    if (after != null) {
      request.header("X-Read-After", after.toString());
    }
    return querySide.send(request);
  }

  private static JsonNode read(String path) throws Exception {
    HttpResponse<String> response = get(path, 1L);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private static JsonNode problem(String path, int status) throws Exception {
    HttpResponse<String> response = get(path, 1L);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void theNewestMinutesComeFirstWithExactDecimalsAsStrings() throws Exception {
    JsonNode page = read(CANDLES);
    assertThat(page.path("interval").textValue()).isEqualTo("1m");
    assertThat(page.path("candles")).hasSize(50);
    JsonNode newest = page.at("/candles/0");
    assertThat(newest.path("openTime").textValue()).isEqualTo("2024-08-08T03:19:00.000Z");
    assertThat(newest.path("close").textValue()).isEqualTo("100");
    assertThat(newest.path("complete").booleanValue()).isTrue();
    assertThat(page.path("next").textValue()).isEqualTo("2024-08-08T02:30:00.000Z");
  }

  @Test
  void pagesLeadThroughEveryMinuteOnce() throws Exception {
    List<String> seen = new ArrayList<>();
    String to = "";
    do {
      JsonNode page = read(CANDLES + "?limit=64" + to);
      page.path("candles").forEach(each -> seen.add(each.path("openTime").textValue()));
      to = page.path("next").isNull() ? "" : "&to=" + page.path("next").textValue();
    } while (!to.isEmpty());
    assertThat(seen).hasSize(198).doesNotHaveDuplicates();
  }

  @Test
  void quarantinedMinutesAreMarkedAndLeftOutOfDerivedCandles() throws Exception {
    String firstTen = "from=2024-08-08T00:00:00Z&to=2024-08-08T00:10:00Z";
    JsonNode minutes = read(CANDLES + "?" + firstTen).path("candles");
    assertThat(minutes).hasSize(8);
    assertThat(minutes.get(4).path("state").textValue()).isEqualTo("QUARANTINED");
    assertThat(minutes.get(4).at("/reasons/0").textValue()).isEqualTo("SPIKE");

    JsonNode fives = read(CANDLES + "?interval=5m&" + firstTen).path("candles");
    assertThat(fives).hasSize(2);
    assertThat(fives.at("/1/low").textValue()).isEqualTo("100");
    assertThat(fives.at("/1/minutes").toString())
        .isEqualTo("{\"present\":4,\"quiet\":0,\"quarantined\":1,\"missing\":0}");
    assertThat(fives.at("/1/complete").booleanValue()).isFalse();
    assertThat(fives.at("/0/minutes").toString())
        .isEqualTo("{\"present\":3,\"quiet\":2,\"quarantined\":0,\"missing\":0}");
    assertThat(fives.at("/0/complete").booleanValue()).isTrue();
  }

  /** 200 minutes are thirteen quarters and five minutes of the fourteenth. */
  @Test
  void derivedPagesLeadThroughEveryIntervalOnce() throws Exception {
    List<String> seen = new ArrayList<>();
    long minutes = 0;
    String to = "";
    do {
      JsonNode page = read(CANDLES + "?interval=15m&limit=4" + to);
      for (JsonNode each : page.path("candles")) {
        seen.add(each.path("openTime").textValue());
        minutes += each.at("/minutes/present").longValue();
      }
      to = page.path("next").isNull() ? "" : "&to=" + page.path("next").textValue();
    } while (!to.isEmpty());
    assertThat(seen).hasSize(14).doesNotHaveDuplicates();
    assertThat(minutes).isEqualTo(197);
    JsonNode day = read(CANDLES + "?interval=1d").path("candles");
    assertThat(day).hasSize(1);
    assertThat(day.at("/0/minutes/missing").longValue()).isEqualTo(1440 - 200);
  }

  @Test
  void whatDoesNotExistIsNamedBesideWhatDoes() throws Exception {
    assertThat(problem("/api/candles/NOWHERE/BTC-USDT", 404).path("known").toString())
        .isEqualTo("[\"BINANCE\"]");
    assertThat(problem("/api/candles/BINANCE/BTC", 404).path("known").toString())
        .isEqualTo("[\"BTC-USDT\"]");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws Exception {
    JsonNode problem = problem(CANDLES + "?interval=2m&from=yesterday&limit=0&page=2", 400);
    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/query/interval", "/query/from", "/query/limit", "/query/page");
    JsonNode order = problem(CANDLES + "?from=2024-08-08T00:10:00Z&to=2024-08-08T00:10:00Z", 400);
    assertThat(order.at("/errors/0/pointer").textValue()).isEqualTo("/query/to");
  }

  @Test
  void timesBeyondAllCandlesAreNoError() throws Exception {
    assertThat(read(CANDLES + "?interval=1h&from=%2B999999999-01-01T00:00:00Z").path("candles"))
        .isEmpty();
    assertThat(read(CANDLES + "?interval=1h&to=-999999999-01-01T00:00:00Z").path("candles"))
        .isEmpty();
    assertThat(read(CANDLES + "?interval=1h&from=-999999999-01-01T00:00:00Z").path("candles"))
        .hasSize(4);
  }

  /** Never synced, then by itself, then with its whole venue. */
  @Test
  void healthTellsWhenTheCandlesWereLastComplete() throws Exception {
    assertThat(read("/api/health").path("lastOHLCVSync").isNull()).isTrue();
    assertThat(syncedAfter(BTC, 100)).isEqualTo("2024-08-08T00:01:40.000Z");
    assertThat(syncedAfter(null, 160)).isEqualTo("2024-08-08T00:02:40.000Z");
  }

  private static String syncedAfter(@Nullable Symbol symbol, long second) throws Exception {
    long position =
        log.append(
            "venue:BINANCE",
            new CandlesSynced(
                BINANCE,
                symbol,
                CandleInterval.ONE_MINUTE,
                at(0),
                at(60),
                1,
                CandleOrigin.STREAM,
                at(second)));
    assertThat(get("/api/venues/registry", position).statusCode()).isEqualTo(200);
    return read("/api/health").path("lastOHLCVSync").textValue();
  }
}
