package dev.papertape.simulator.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KlineTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long NEXT_MINUTE = 1_772_368_500_000L;

  @Test
  void aClosedBarIsTheFoldOfItsMinutesTrades() throws Exception {
    RunningTape tape =
        new RunningTape(
                11, stream -> stream.equals("btcusdt@trade") || stream.equals("btcusdt@kline_1m"))
            .run(70);
    List<JsonNode> trades = new ArrayList<>();
    for (String json : tape.of("ALTO", "btcusdt@trade")) {
      JsonNode trade = JSON.readTree(json);
      long at = trade.get("T").asLong();
      if (at >= NEXT_MINUTE && at < NEXT_MINUTE + 60_000) {
        trades.add(trade);
      }
    }
    JsonNode bar = closedBar(tape, NEXT_MINUTE);

    assertThat(trades).hasSizeGreaterThan(50);
    assertThat(bar.get("f")).isEqualTo(trades.getFirst().get("t"));
    assertThat(bar.get("L")).isEqualTo(trades.getLast().get("t"));
    assertThat(bar.get("n").asInt()).isEqualTo(trades.size());
    assertThat(bar.get("o")).isEqualTo(trades.getFirst().get("p"));
    assertThat(bar.get("c")).isEqualTo(trades.getLast().get("p"));
    List<BigDecimal> prices = trades.stream().map(trade -> decimal(trade, "p")).sorted().toList();
    assertThat(decimal(bar, "l")).isEqualTo(prices.getFirst());
    assertThat(decimal(bar, "h")).isEqualTo(prices.getLast());
    assertThat(decimal(bar, "v")).isEqualTo(sum(trades, false, false));
    assertThat(decimal(bar, "q")).isEqualByComparingTo(sum(trades, true, false));
    assertThat(decimal(bar, "V")).isEqualTo(sum(trades, false, true));
    assertThat(decimal(bar, "Q")).isEqualByComparingTo(sum(trades, true, true));
  }

  @Test
  void theRestRowEqualsTheStreamsClosedBar() throws Exception {
    RunningTape tape = new RunningTape(12, "solusdt@kline_1m"::equals).run(70);
    JsonNode bar = closedBar(tape, "BRIO", "solusdt@kline_1m", NEXT_MINUTE);
    JsonNode row = klines(tape, "BRIO", "SOLUSDT", "1m", NEXT_MINUTE).get(0);

    List<String> fields = List.of("t", "o", "h", "l", "c", "v", "T", "q", "n", "V", "Q");
    assertThat(row).hasSize(12);
    for (int i = 0; i < fields.size(); i++) {
      assertThat(row.get(i)).as(fields.get(i)).isEqualTo(bar.get(fields.get(i)));
    }
    assertThat(row.get(11).asText()).isEqualTo("0");
  }

  @Test
  void theHistoryReachesBackWithoutAHoleAndRunsIntoTheLiveBars() throws Exception {
    RunningTape tape = new RunningTape(13, stream -> false).run(130);
    JsonNode rows = klines(tape, "CIELO", "ETHUSDT", "1m", 0);

    // started at 12:34:56.78 with ten minutes of history, cut to 12:24; now 12:37:06.78
    assertThat(rows).hasSize(14);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).get(0).asLong()).isEqualTo(1_772_367_840_000L + i * 60_000L);
      assertThat(rows.get(i).get(6).asLong()).isEqualTo(rows.get(i).get(0).asLong() + 59_999);
      assertThat(decimal(rows.get(i), 2)).isGreaterThanOrEqualTo(decimal(rows.get(i), 1));
      assertThat(decimal(rows.get(i), 3)).isLessThanOrEqualTo(decimal(rows.get(i), 4));
    }
  }

  @Test
  void longerBarsAreMadeOfMinutes() throws Exception {
    RunningTape tape = new RunningTape(14, stream -> false).run(10);
    JsonNode minutes = klines(tape, "ALTO", "BTCUSDT", "1m", 1_772_367_900_000L);
    JsonNode five = klines(tape, "ALTO", "BTCUSDT", "5m", 0).get(0);

    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal high = BigDecimal.ZERO;
    for (int i = 0; i < 5; i++) {
      volume = volume.add(decimal(minutes.get(i), 5));
      high = high.max(decimal(minutes.get(i), 2));
    }
    assertThat(five.get(0).asLong()).isEqualTo(1_772_367_900_000L);
    assertThat(five.get(6).asLong()).isEqualTo(1_772_368_199_999L);
    assertThat(five.get(1)).isEqualTo(minutes.get(0).get(1));
    assertThat(five.get(4)).isEqualTo(minutes.get(4).get(4));
    assertThat(decimal(five, 5)).isEqualTo(volume);
    assertThat(decimal(five, 2)).isEqualTo(high);
  }

  private static JsonNode closedBar(RunningTape tape, long openMillis) throws Exception {
    return closedBar(tape, "ALTO", "btcusdt@kline_1m", openMillis);
  }

  private static JsonNode closedBar(RunningTape tape, String venue, String stream, long openMillis)
      throws Exception {
    List<JsonNode> closed = new ArrayList<>();
    for (String json : tape.of(venue, stream)) {
      JsonNode bar = JSON.readTree(json).get("k");
      if (bar.get("x").asBoolean() && bar.get("t").asLong() == openMillis) {
        closed.add(bar);
      }
    }
    assertThat(closed).hasSize(1);
    return closed.getFirst();
  }

  private static JsonNode klines(
      RunningTape tape, String venue, String symbol, String interval, long from) throws Exception {
    Map<String, String> query =
        Map.of("symbol", symbol, "interval", interval, "startTime", Long.toString(from));
    return JSON.readTree(tape.get(venue, "/api/v3/klines", query).json());
  }

  private static BigDecimal sum(List<JsonNode> trades, boolean quote, boolean takerBuysOnly) {
    return trades.stream()
        .filter(trade -> !takerBuysOnly || !trade.get("m").asBoolean())
        .map(
            trade ->
                quote ? decimal(trade, "p").multiply(decimal(trade, "q")) : decimal(trade, "q"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal decimal(JsonNode node, String field) {
    return new BigDecimal(node.get(field).asText());
  }

  private static BigDecimal decimal(JsonNode row, int column) {
    return new BigDecimal(row.get(column).asText());
  }
}
