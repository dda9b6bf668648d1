package dev.papertape.simulator.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Names, order and types of fields as Binance documents and sends them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireShapeTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String DECIMAL = "[0-9]+\\.[0-9]{8}";

  private final RunningTape tape = new RunningTape(21, stream -> true);

  @BeforeAll
  void run() {
    tape.run(10);
  }

  @Test
  void streamMessagesHaveTheDocumentedFields() throws Exception {
    assertThat(names(first("btcusdt@depth@100ms")))
        .containsExactly("e", "E", "s", "U", "u", "b", "a");
    assertThat(names(first("btcusdt@aggTrade")))
        .containsExactly("e", "E", "s", "a", "p", "q", "f", "l", "T", "m", "M");
    assertThat(names(first("btcusdt@trade")))
        .containsExactly("e", "E", "s", "t", "p", "q", "T", "m", "M");
    assertThat(names(first("btcusdt@bookTicker"))).containsExactly("u", "s", "b", "B", "a", "A");
    assertThat(names(first("btcusdt@kline_1m"))).containsExactly("e", "E", "s", "k");
    assertThat(names(first("btcusdt@kline_1m").get("k")))
        .containsExactly(
            "t", "T", "s", "i", "f", "L", "o", "c", "h", "l", "v", "n", "x", "q", "V", "Q", "B");
  }

  @Test
  void eventTimeIsTheSimulatedExchangeTime() throws Exception {
    // the first 100 ms boundary after 12:34:56.780
    assertThat(first("btcusdt@depth@100ms").get("E").asLong()).isEqualTo(RunningTape.START + 20);
    assertThat(first("btcusdt@depth@100ms").get("e").asText()).isEqualTo("depthUpdate");
    assertThat(first("btcusdt@depth@100ms").get("s").asText()).isEqualTo("BTCUSDT");
  }

  @Test
  void pricesAndQuantitiesAreTextWithEightDecimals() throws Exception {
    JsonNode level = first("btcusdt@depth@100ms").get("b").get(0);
    assertThat(level.get(0).isTextual()).isTrue();
    assertThat(level.get(0).asText()).matches(DECIMAL);
    assertThat(level.get(1).asText()).matches(DECIMAL);
    assertThat(first("btcusdt@aggTrade").get("p").asText()).matches(DECIMAL);
    assertThat(first("btcusdt@kline_1m").get("k").get("q").asText()).matches(DECIMAL);
  }

  @Test
  void restRepliesHaveTheDocumentedFields() throws Exception {
    assertThat(names(get("/api/v3/depth", Map.of("symbol", "BTCUSDT"))))
        .containsExactly("lastUpdateId", "bids", "asks");
    assertThat(names(get("/api/v3/aggTrades", Map.of("symbol", "BTCUSDT")).get(0)))
        .containsExactly("a", "p", "q", "f", "l", "T", "m", "M");
    assertThat(names(get("/api/v3/ticker/bookTicker", Map.of("symbol", "BTCUSDT"))))
        .containsExactly("symbol", "bidPrice", "bidQty", "askPrice", "askQty");
    assertThat(get("/api/v3/ticker/bookTicker", Map.of())).hasSize(3);
    assertThat(get("/api/v3/time", Map.of()).get("serverTime").asLong())
        .isEqualTo(RunningTape.START + 10_000);
    assertThat(get("/api/v3/ping", Map.of())).isEmpty();
  }

  @Test
  void exchangeInfoNamesTheFilters() throws Exception {
    JsonNode info = get("/api/v3/exchangeInfo", Map.of());
    JsonNode btc = info.get("symbols").get(0);
    assertThat(info.get("rateLimits").get(0).get("limit").asInt()).isEqualTo(6000);
    assertThat(btc.get("symbol").asText()).isEqualTo("BTCUSDT");
    assertThat(btc.get("filters").get(0).get("tickSize").asText()).isEqualTo("0.01000000");
    assertThat(btc.get("filters").get(1).get("stepSize").asText()).isEqualTo("0.00001000");
    assertThat(btc.get("filters").get(2).get("minNotional").asText()).isEqualTo("5.00000000");
    assertThat(get("/api/v3/exchangeInfo", Map.of("symbol", "SOLUSDT")).get("symbols")).hasSize(1);
  }

  @Test
  void depthIsCutToItsLimitBestFirst() throws Exception {
    JsonNode depth = get("/api/v3/depth", Map.of("symbol", "BTCUSDT", "limit", "5"));
    assertThat(depth.get("bids")).hasSize(5);
    assertThat(depth.get("bids").get(0).get(0).decimalValue())
        .isLessThanOrEqualTo(depth.get("asks").get(0).get(0).decimalValue());
    JsonNode ticker = get("/api/v3/ticker/bookTicker", Map.of("symbol", "BTCUSDT"));
    assertThat(depth.get("bids").get(0).get(0)).isEqualTo(ticker.get("bidPrice"));
    assertThat(depth.get("asks").get(0).get(1)).isEqualTo(ticker.get("askQty"));
  }

  @Test
  void aggTradesPageByIdAndByTime() throws Exception {
    JsonNode newest = get("/api/v3/aggTrades", Map.of("symbol", "BTCUSDT", "limit", "3"));
    long last = newest.get(2).get("a").asLong();
    assertThat(newest.get(0).get("a").asLong()).isEqualTo(last - 2);

    JsonNode page =
        get(
            "/api/v3/aggTrades",
            Map.of("symbol", "BTCUSDT", "fromId", Long.toString(last - 5), "limit", "2"));
    assertThat(page).hasSize(2);
    assertThat(page.get(0).get("a").asLong()).isEqualTo(last - 5);

    String from = newest.get(1).get("T").asText();
    JsonNode byTime = get("/api/v3/aggTrades", Map.of("symbol", "BTCUSDT", "startTime", from));
    assertThat(byTime.get(byTime.size() - 1).get("a").asLong()).isEqualTo(last);
    assertThat(byTime.get(0).get("T").asLong()).isGreaterThanOrEqualTo(Long.parseLong(from));
  }

  @Test
  void badParametersGetBinancesCodes() throws Exception {
    assertError("/api/v3/depth", Map.of("symbol", "NOPE"), -1121);
    assertError("/api/v3/depth", Map.of(), -1102);
    assertError("/api/v3/depth", Map.of("symbol", ""), -1102);
    assertError("/api/v3/depth", Map.of("symbol", "BTCUSDT", "limit", "ten"), -1100);
    assertError("/api/v3/depth", Map.of("symbol", "BTCUSDT", "limit", "0"), -1130);
    assertError("/api/v3/depth", Map.of("symbol", "BTCUSDT", "limit", "9".repeat(20)), -1130);
    assertError("/api/v3/depth", Map.of("symbol", "BTCUSDT", "colour", "red"), -1104);
    assertError("/api/v3/klines", Map.of("symbol", "BTCUSDT", "interval", "7m"), -1120);
    assertError(
        "/api/v3/aggTrades", Map.of("symbol", "BTCUSDT", "fromId", "1", "startTime", "1"), -1128);
    assertThat(tape.rest("ALTO").reply("/api/v3/nothing", Map.of(), 0)).isEmpty();
    assertThat(
            tape.rest("ALTO")
                .reply("/api/v3/depth", Map.of("symbol", List.of("BTCUSDT", "ETHUSDT")), 0))
        .hasValueSatisfying(reply -> assertThat(reply.json()).contains("-1101"));
  }

  private void assertError(String path, Map<String, String> query, int code) throws Exception {
    RestReply reply = tape.get("ALTO", path, query);
    assertThat(reply.status()).as(query.toString()).isEqualTo(400);
    assertThat(JSON.readTree(reply.json()).get("code").asInt()).isEqualTo(code);
    assertThat(JSON.readTree(reply.json()).get("msg").asText()).isNotBlank();
  }

  private JsonNode first(String stream) throws Exception {
    return JSON.readTree(tape.of("ALTO", stream).getFirst());
  }

  private JsonNode get(String path, Map<String, String> query) throws Exception {
    RestReply reply = tape.get("ALTO", path, query);
    assertThat(reply.status()).isEqualTo(200);
    return JSON.readTree(reply.json());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
