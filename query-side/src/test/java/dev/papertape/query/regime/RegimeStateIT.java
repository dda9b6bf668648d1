package dev.papertape.query.regime;

import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.ETH;
import static dev.papertape.query.SampleEvents.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.contracts.regime.VolatilityState;
import dev.papertape.query.RunningQuerySide;
import dev.papertape.query.TestLog;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /api/regime/state} over a real log and its real projection. */
class RegimeStateIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningQuerySide querySide;
  private static long head;

  @BeforeAll
  static void start() throws SQLException {
    querySide = RunningQuerySide.start();
    TestLog log = querySide.log();
    log.append(RegimeEvent.stream(ETH), changed(ETH, Regime.CHOP, null, null, 10)); // 1
    log.append(RegimeEvent.stream(BTC), changed(BTC, Regime.CHOP, null, null, 20)); // 2
    VolatilityState states = new VolatilityState(0.125, 0.25, 0.625);
    head =
        log.append(RegimeEvent.stream(BTC), changed(BTC, Regime.STRESS, Regime.CHOP, states, 30));
  }

  @AfterAll
  static void stop() {
    querySide.close();
  }

  private static RegimeChanged changed(
      Symbol symbol,
      Regime regime,
      @Nullable Regime previous,
      @Nullable VolatilityState states,
      long second) {
    return new RegimeChanged(
        symbol,
        regime,
        previous,
        states,
        new TreeMap<>(Map.of("adx", 12.5, "drawdownSpeed", 4.25)),
        "fell far",
        "rules-1",
        at(second));
  }

  private static JsonNode read(String query) throws Exception {
    HttpResponse<String> reply =
        querySide.send(
            querySide
                .request("/api/regime/state" + query)
                .header("X-Read-After", Long.toString(head)));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  @Test
  void every_symbol_is_shown_with_its_newest_regime() throws Exception {
    JsonNode state = read("");
    assertThat(state.at("/position").asLong()).isEqualTo(head);
    assertThat(state.at("/symbols")).hasSize(2);
    JsonNode btc = state.at("/symbols/0");
    assertThat(btc)
        .isEqualTo(
            JSON.readTree(
                """
                {"symbol": "BTC-USDT", "regime": "STRESS", "since": "2024-08-08T00:00:30.000Z",
                 "probabilities": {"CALM": 0.125, "NORMAL": 0.25, "TURBULENT": 0.625},
                 "features": {"adx": 12.5, "drawdownSpeed": 4.25}, "modelVersion": "rules-1",
                 "previous": "CHOP", "rule": "fell far"}
                """));
    JsonNode eth = state.at("/symbols/1");
    assertThat(eth.at("/probabilities").isNull()).isTrue();
    assertThat(eth.at("/previous").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, ''", "1, 1, CHOP", "2, 2, CHOP", "3, 2, STRESS"})
  void it_answers_as_it_stood_at_a_position(long asOf, int symbols, String first) throws Exception {
    JsonNode state = read("?asOf=" + asOf);
    assertThat(state.at("/position").asLong()).isEqualTo(asOf);
    assertThat(state.at("/symbols")).hasSize(symbols);
    assertThat(state.at("/symbols/0/regime").asText()).isEqualTo(first);
  }

  @Test
  void what_is_no_moment_is_refused() throws Exception {
    for (String query : new String[] {"?asOf=never", "?asOf=999999", "?symbol=BTC-USDT"}) {
      HttpResponse<String> reply = querySide.send(querySide.request("/api/regime/state" + query));
      assertThat(reply.statusCode()).as(query).isEqualTo(400);
    }
  }
}
