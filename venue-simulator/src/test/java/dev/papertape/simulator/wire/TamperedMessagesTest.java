package dev.papertape.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.papertape.simulator.binance.BinanceTampering;
import dev.papertape.simulator.coinbase.CoinbaseTampering;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.config.VenueWire;
import dev.papertape.simulator.kraken.ClientBook;
import dev.papertape.simulator.kraken.KrakenTampering;
import dev.papertape.simulator.kraken.KrakenTape;
import dev.papertape.simulator.market.SimulatedMarket;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What a fault makes of a message, on every wire; and that Kraken's checksum gives none away. */
class TamperedMessagesTest {
  private static final long START = 1_772_368_496_780L;
  private static final String BOOK = "book/BTC/USDT/25";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private static final String BINANCE =
      "{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,"
          + "\"b\":[[\"64000.10000000\",\"0.00000000\"],[\"64000.00000000\",\"0.50000000\"]],"
          + "\"a\":[[\"64001.00000000\",\"2.00000000\"]]}";
  private static final String COINBASE =
      "{\"channel\":\"l2_data\",\"sequence_num\":,\"events\":[{\"type\":\"update\",\"updates\":["
          + "{\"side\":\"offer\",\"event_time\":\"2026-03-01T12:34:56Z\","
          + "\"price_level\":\"64001\",\"new_quantity\":\"0.5\"}]}]}";
  private static final String KRAKEN =
      "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USDT\",\"bids\":[],"
          + "\"asks\":[{\"price\":64001.5,\"qty\":0.5000}],\"checksum\":1,\"timestamp\":\"x\"}]}";

  @Test
  void priceGetsADigitMoreThanItsTick() {
    assertThat(BinanceTampering.RULES.tamper(Fault.OFF_TICK, BINANCE))
        .isEqualTo(BINANCE.replace("64000.10000000", "64000.100000005"));
    assertThat(CoinbaseTampering.RULES.tamper(Fault.OFF_TICK, COINBASE))
        .as("a price without a point is not ten times itself")
        .isEqualTo(COINBASE.replace("64001", "64001.5"));
    assertThat(KrakenTampering.RULES.tamper(Fault.OFF_TICK, KRAKEN))
        .isEqualTo(KRAKEN.replace("64001.5", "64001.55"));
  }

  @Test
  void quantitiesAreMultipliedAndRemovalsAreNoTarget() {
    assertThat(BinanceTampering.RULES.tamper(Fault.DEPTH_SPIKE, BINANCE))
        .contains("[\"64000.10000000\",\"0.00000000\"]")
        .contains("[\"64000.00000000\",\"50000.00000000\"]")
        .contains("[\"64001.00000000\",\"200000.00000000\"]");
    assertThat(CoinbaseTampering.RULES.tamper(Fault.DEPTH_SPIKE, COINBASE))
        .contains("\"new_quantity\":\"50000.0\"");
    assertThat(KrakenTampering.RULES.tamper(Fault.DEPTH_SPIKE, KRAKEN)).contains("\"qty\":50000.0");
    String removal = KRAKEN.replace("0.5000", "0.0000");
    assertThat(KrakenTampering.RULES.hits(Fault.DEPTH_SPIKE, BOOK, removal)).isFalse();
    assertThat(KrakenTampering.RULES.hits(Fault.OFF_TICK, BOOK, removal)).isTrue();
    assertThat(KrakenTampering.RULES.hits(Fault.OFF_TICK, "trade/BTC/USDT", KRAKEN)).isFalse();
  }

  @Test
  void bidAtTwiceTheMarketStandsBeforeAllOthers() throws JsonProcessingException {
    JsonNode binance = JSON.readTree(BinanceTampering.RULES.tamper(Fault.CROSSED, BINANCE));
    assertThat(binance.at("/b/0/0").asText()).isEqualTo("128000.20000000");
    assertThat(binance.path("b")).hasSize(3);
    String coinbase = CoinbaseTampering.RULES.tamper(Fault.CROSSED, COINBASE);
    JsonNode updates =
        JSON.readTree(coinbase.replace("\"sequence_num\":,", "")).at("/events/0/updates");
    assertThat(updates).hasSize(2);
    assertThat(updates.at("/0/side").asText()).isEqualTo("bid");
    assertThat(updates.at("/0/price_level").asText()).isEqualTo("128002");
    JsonNode kraken = JSON.readTree(KrakenTampering.RULES.tamper(Fault.CROSSED, KRAKEN));
    assertThat(kraken.at("/data/0/bids/0/price").decimalValue()).isEqualByComparingTo("128003");
  }

  @Test
  void farTradeHasTwiceItsPrice() {
    assertThat(
            BinanceTampering.RULES.tamper(
                Fault.FAR_TRADE, "{\"e\":\"aggTrade\",\"p\":\"10.50\",\"q\":\"1\"}"))
        .contains("\"p\":\"21.00\"");
    assertThat(
            CoinbaseTampering.RULES.tamper(Fault.FAR_TRADE, "{\"price\":\"10.50\",\"size\":\"1\"}"))
        .contains("\"price\":\"21.00\"");
    assertThat(KrakenTampering.RULES.tamper(Fault.FAR_TRADE, "{\"price\":10.50,\"qty\":1,\"x\":2}"))
        .contains("\"price\":21.00");
  }

  /** From a broken message on until the next snapshot the client's own sum fits. */
  @Test
  void krakensChecksumsFitTheBrokenBookUntilASnapshot() {
    for (Fault fault : List.of(Fault.OFF_TICK, Fault.CROSSED, Fault.DEPTH_SPIKE)) {
      List<String> messages = messages();
      ClientBook passing = ClientBook.of(BOOK);
      Client client = new Client(25);
      boolean broken = false;
      int unlikeTheVenues = 0;
      for (int i = 0; i < messages.size(); i++) {
        String json = messages.get(i);
        boolean breaks = !broken && i > 20 && KrakenTampering.RULES.hits(fault, BOOK, json);
        String written = breaks ? KrakenTampering.RULES.tamper(fault, json) : json;
        broken |= breaks;
        String sent = passing.pass(written, breaks);
        client.apply(sent);
        assertThat(client.checksum()).as("%s, message %d", fault, i).isEqualTo(stated(sent));
        unlikeTheVenues += stated(sent) == stated(json) ? 0 : 1;
      }
      assertThat(unlikeTheVenues).as("%s shows in the sums", fault).isPositive();
      assertThat(passing.pass(messages.getFirst(), false))
          .as("after a snapshot the venue's own sums hold")
          .isEqualTo(messages.getFirst());
      assertThat(passing.pass(messages.get(1), false)).isEqualTo(messages.get(1));
    }
  }

  /** The first message that comes after a loss proves it, wherever in the book the loss was. */
  @Test
  void lossOnKrakenShowsInTheNextMessageThatComes() {
    List<String> messages = messages();
    for (int lost = 1; lost < 60; lost++) {
      ClientBook passing = ClientBook.of(BOOK);
      Client client = new Client(25);
      for (int i = 0; i < lost; i++) {
        client.apply(passing.pass(messages.get(i), false));
      }
      passing.lost();
      int next = lost + 1;
      String sent = passing.pass(messages.get(next), false);
      while (sent == null) {
        sent = passing.pass(messages.get(++next), false);
      }
      client.apply(sent);
      assertThat(client.checksum()).as("message %d lost", lost).isNotEqualTo(stated(sent));
    }
  }

  /** A snapshot and the changes that follow it. */
  private static List<String> messages() {
    SimulatorConfig config =
        SimulatorConfig.defaults(3).withHistoryMinutes(10).speaking(VenueWire.KRAKEN);
    SimulatedMarket market = new SimulatedMarket(config, START);
    VenueConfig venue = config.venues().getFirst();
    KrakenTape tape = new KrakenTape(venue, market.listings(venue.name()));
    List<String> messages = new ArrayList<>(List.of(tape.snapshot(BOOK, START).orElseThrow()));
    StreamSink sink =
        new StreamSink() {
          @Override
          public boolean wants(String name, String stream) {
            return stream.equals(BOOK);
          }

          @Override
          public void accept(String name, String stream, long eventMillis, String json) {
            messages.add(json);
          }
        };
    while (messages.size() < 150) {
      market.step();
      tape.publish(market.millis(), sink);
    }
    return messages;
  }

  private static long stated(String json) {
    try {
      return JSON.readTree(json).at("/data/0/checksum").asLong();
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  /** Reads by a parser what the code under test reads by patterns. */
  private static final class Client {
    private final int depth;
    private final TreeMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, String> asks = new TreeMap<>();

    Client(int depth) {
      this.depth = depth;
    }

    void apply(String json) {
      try {
        JsonNode book = JSON.readTree(json).at("/data/0");
        apply(bids, book.path("bids"));
        apply(asks, book.path("asks"));
      } catch (JsonProcessingException e) {
        throw new AssertionError(json, e);
      }
    }

    private void apply(TreeMap<BigDecimal, String> side, JsonNode levels) {
      for (JsonNode level : levels) {
        BigDecimal price = level.path("price").decimalValue();
        BigDecimal quantity = level.path("qty").decimalValue();
        if (quantity.signum() == 0) {
          side.keySet().removeIf(other -> other.compareTo(price) == 0);
        } else {
          side.put(price, price.unscaledValue().toString() + quantity.unscaledValue());
        }
      }
      while (side.size() > depth) {
        side.pollLastEntry();
      }
    }

    long checksum() {
      CRC32 crc = new CRC32();
      String text =
          asks.values().stream().limit(10).collect(Collectors.joining())
              + bids.values().stream().limit(10).collect(Collectors.joining());
      crc.update(text.getBytes(StandardCharsets.US_ASCII));
      return crc.getValue();
    }
  }
}
