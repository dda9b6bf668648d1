package dev.papertape.command.market.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.command.market.contract.WireContracts.Bound;
import dev.papertape.command.market.recorded.CapturedFrames.Message;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.contract.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The decoders read bytes and never see a schema; here both are held together. A message that keeps
 * its contract is decoded and one that breaks it is refused: over real captures, over each
 * contract's own examples, and over messages that were tampered with. Where the decoder is
 * stricter, it is because JSON Schema cannot say it; {@link #mayBeStricter} lists every such case.
 */
class WireContractsTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final Contracts CONTRACTS = Contracts.onClassPath();
  private static final WireContracts WIRES = new WireContracts(CONTRACTS);
  private static final Arrival ARRIVAL = new Arrival(new Venue("TEST"), Instant.EPOCH, 0, 0);

  /** Big captures: one frame in so many; {@code WireContractsIT} takes all. */
  private static final int STEP = 199;

  static List<Path> cryptofeed() throws IOException {
    return CapturedFrames.files("cryptofeed");
  }

  static List<Path> hftbacktest() throws IOException {
    return CapturedFrames.files("hftbacktest");
  }

  @ParameterizedTest
  @MethodSource("cryptofeed")
  void every_captured_message_keeps_its_contract_and_is_decoded(Path file) throws IOException {
    assertAgreement(file, 1);
  }

  @ParameterizedTest
  @MethodSource("hftbacktest")
  void messages_of_the_large_captures_keep_their_contracts_and_are_decoded(Path file)
      throws IOException {
    assertAgreement(file, STEP);
  }

  static void assertAgreement(Path file, int step) throws IOException {
    Map<String, Integer> met = new TreeMap<>();
    CapturedFrames.read(
        file,
        step,
        message -> {
          JsonNode json = json(message.text()).orElse(null);
          if (json == null) {
            return;
          }
          Optional<Bound> bound = bound(message, json);
          bound.ifPresent(each -> met.merge(each.contract().name(), 1, Integer::sum));
          assertThat(bound.map(Bound::breaches).orElse(List.of()))
              .as("%s", text(message))
              .isEmpty();
          assertThat(decodes(message)).as("%s", text(message)).isTrue();
        });
    System.getLogger("contracts").log(System.Logger.Level.DEBUG, file + " " + met);
  }

  @Test
  void the_examples_of_every_wire_contract_are_decoded() {
    for (Message message : examples()) {
      assertThat(decodes(message)).as("%s", text(message)).isTrue();
      assertThat(bound(message, json(message.text()).orElseThrow()).map(Bound::contract))
          .as("%s", text(message))
          .isPresent();
    }
  }

  /** One change of any part of a message: what the schema says of it, the decoder says too. */
  @Property(tries = 6000)
  void a_tampered_message_is_refused_by_both_or_by_neither(@ForAll long seed) {
    Random random = new Random(seed);
    List<Message> messages = examples();
    Message original = messages.get(random.nextInt(messages.size()));
    JsonNode tampered = json(original.text()).orElseThrow().deepCopy();
    tamper(tampered, random);
    Message message =
        new Message(original.wire(), original.url(), tampered.toString().getBytes(UTF_8));
    JsonNode sent = json(message.text()).orElseThrow();
    Optional<Bound> bound = bound(message, sent);
    VenueInput decoded = decoded(message);
    if (bound.isEmpty()) {
      assertThat(readsAnything(decoded))
          .as("says it is something else: %s", text(message))
          .isFalse();
      return;
    }
    List<Breach> breaches = bound.get().breaches();
    if (readsAnything(decoded)) {
      assertThat(breaches).as("decoded: %s", text(message)).isEmpty();
    } else if (!(decoded instanceof VenueInput.MalformedFrame)) {
      return; // There is nothing in it, for example no event.
    } else if (breaches.isEmpty()) {
      assertThat(mayBeStricter(message.wire(), bound.get().message()))
          .as("keeps %s, but is refused: %s", bound.get().contract(), text(message))
          .isTrue();
    }
  }

  /** What the venues answered over REST, as NautilusTrader keeps it. */
  @Test
  void recorded_replies_over_rest_keep_their_contracts() throws IOException {
    Path wire = SharedCaptures.l2("../wire/nautilus");
    keeps("binance-depth-snapshot", read(wire, "binance/spot/http_json/depth_response.json"));
    keeps(
        "binance-exchange-info", read(wire, "binance/spot/http_json/exchange_info_response.json"));
    eachKeeps("binance-kline-row", read(wire, "binance/spot/http_json/klines_response.json"));
    keeps("coinbase-product", read(wire, "coinbase/http_product.json"));
    eachKeeps("coinbase-candle", read(wire, "coinbase/http_candles.json").path("candles"));
    eachKeeps("kraken-asset-pair", read(wire, "kraken/http_asset_pairs.json").path("result"));
    for (JsonNode member : read(wire, "kraken/http_ohlc.json").path("result")) {
      if (member.isArray()) {
        eachKeeps("kraken-ohlc-row", member);
      }
    }
  }

  private static JsonNode read(Path folder, String file) throws IOException {
    byte[] text = Files.readAllBytes(folder.resolve(file));
    return WireContracts.parse(text, 0, text.length);
  }

  private static void keeps(String contract, JsonNode message) {
    assertThat(WIRES.breaches(contract, message)).as(contract).isEmpty();
  }

  private static void eachKeeps(String contract, JsonNode messages) {
    assertThat(messages).as(contract).isNotEmpty();
    messages.forEach(message -> keeps(contract, message));
  }

  /** Such a length once threw out of the decoder, and with it the connection's thread. */
  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_000, 999_999_999_999_999_999L})
  void Bug_4_a_bar_of_an_impossible_length_is_refused_by_both(long minutes) {
    String frame =
        "{\"channel\":\"ohlc\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"open\":1,"
            + "\"high\":1,\"low\":1,\"close\":1,\"volume\":1,\"trades\":1,"
            + "\"interval_begin\":\"2023-10-04T16:25:00Z\",\"interval\":"
            + minutes
            + "}]}";
    Message message = new Message(WireProtocol.KRAKEN, null, frame.getBytes(UTF_8));
    assertThat(decodes(message)).isFalse();
    assertThat(bound(message, json(message.text()).orElseThrow()).orElseThrow().breaches())
        .extracting(Breach::pointer)
        .containsExactly("/data/0/interval");
  }

  /**
   * What JSON Schema cannot say: that U is not greater than u, that a number is written without
   * point and exponent (1.0 and 1e2 are integers to it, 1e2 a number), that a symbol ends in a
   * known quote asset and that days exist in their month.
   */
  private static boolean mayBeStricter(WireProtocol wire, JsonNode message) {
    String text = message.toString();
    return message.path("U").asLong() > message.path("u").asLong()
        || text.matches(".*[:\\[,]-?[0-9]+(\\.[0-9]+)?[eE].*")
        || text.matches(".*[:\\[,]-?[0-9]+\\.0+[,}\\]].*")
        || Stream.of("s", "symbol", "product_id")
            .flatMap(name -> message.findValues(name).stream())
            .anyMatch(name -> Wires.names(wire).symbol(name.asText()) == null)
        || text.contains("02-30T");
  }

  private static void tamper(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(5)) {
        case 0 -> object.remove(name);
        case 1 -> object.set("unheardOf", strange(random));
        default -> object.set(name, strange(random));
      }
    } else if (container instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      switch (random.nextInt(5)) {
        case 0 -> array.remove(at);
        case 1 -> array.add(strange(random));
        default -> array.set(at, strange(random));
      }
    }
  }

  private static JsonNode strange(Random random) {
    return switch (random.nextInt(36)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.objectNode();
      case 3 -> NODES.arrayNode();
      case 4 -> NODES.arrayNode().add("1.5").add("2");
      case 5 -> NODES.arrayNode().add("1.5");
      case 6 -> NODES.arrayNode().add("0").add("2");
      case 7 -> NODES.objectNode().put("price", 1).put("qty", 2);
      case 8 -> NODES.numberNode(BigInteger.valueOf(random.nextLong()));
      case 9 -> NODES.numberNode(0);
      case 10 -> NODES.numberNode(-1);
      case 11 -> NODES.numberNode(new BigDecimal("0.000000000000001"));
      case 12 -> NODES.numberNode(new BigDecimal("0.0000000000000001"));
      case 13 -> NODES.numberNode(new BigDecimal("123456789012345678"));
      case 14 -> NODES.numberNode(new BigDecimal("1234567890123456789"));
      case 15 -> NODES.numberNode(new BigDecimal("1.0"));
      case 16 -> NODES.numberNode(new BigDecimal("1E+2"));
      case 17 -> NODES.textNode("");
      case 18 -> NODES.textNode("0");
      case 19 -> NODES.textNode("0.000");
      case 20 -> NODES.textNode("00.5");
      case 21 -> NODES.textNode(".5");
      case 22 -> NODES.textNode("5.");
      case 23 -> NODES.textNode("-1");
      case 24 -> NODES.textNode("1e2");
      case 25 -> NODES.textNode("0.0000000000000001");
      case 26 -> NODES.textNode("123456789012345678");
      case 27 -> NODES.textNode("1234567890123456789");
      case 28 -> NODES.textNode("0000000000000000000001.500");
      case 29 -> NODES.textNode("12.345");
      case 30 -> NODES.textNode("buy");
      case 31 -> NODES.textNode("NONAME");
      case 32 -> NODES.textNode("snapshot");
      case 33 -> NODES.textNode("2023-02-30T16:25:00Z");
      case 34 -> NODES.textNode("2023-10-04T24:00:00Z");
      default -> NODES.textNode("2023-10-04T16:25:00.000000000Z");
    };
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static List<Message> examples() {
    List<Message> examples = new ArrayList<>();
    for (Contract contract : CONTRACTS.all()) {
      WireProtocol wire = wire(contract.name());
      if (contract.role() == Role.INGEST && wire != null) {
        String url =
            contract.name().equals("binance-depth-snapshot") ? "/depth?symbol=BTCUSDT" : null;
        for (JsonNode example : contract.json().path("examples")) {
          examples.add(new Message(wire, url, example.toString().getBytes(UTF_8)));
        }
      }
    }
    return examples;
  }

  private static WireProtocol wire(String contract) {
    return switch (contract) {
      case "binance-depth-update",
          "binance-depth-snapshot",
          "binance-agg-trade",
          "binance-trade",
          "binance-book-ticker",
          "binance-kline" ->
          WireProtocol.BINANCE_SPOT;
      case "coinbase-l2-data", "coinbase-market-trades" -> WireProtocol.COINBASE;
      case "kraken-book", "kraken-trade", "kraken-ohlc" -> WireProtocol.KRAKEN;
      default -> null;
    };
  }

  private static Optional<Bound> bound(Message message, JsonNode json) {
    return message.url() == null
        ? WIRES.ofFrame(message.wire(), json)
        : WIRES.ofFetched(message.wire(), message.url(), json);
  }

  private static boolean decodes(Message message) {
    return !(decoded(message) instanceof VenueInput.MalformedFrame);
  }

  private static boolean readsAnything(VenueInput input) {
    return switch (input) {
      case VenueInput.Bundle bundle ->
          bundle.parts().stream().anyMatch(WireContractsTest::readsAnything);
      case VenueInput.OtherFrame _, VenueInput.MalformedFrame _ -> false;
      default -> true;
    };
  }

  private static VenueInput decoded(Message message) {
    var decoder = CapturedFrames.decoder(message.wire());
    return message.url() == null
        ? decoder.decode(ARRIVAL, message.text(), 0, message.text().length)
        : decoder.decodeFetched(ARRIVAL, message.url(), message.text(), 0, message.text().length);
  }

  private static Optional<JsonNode> json(byte[] text) {
    try {
      return Optional.of(WireContracts.parse(text, 0, text.length));
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  private static String text(Message message) {
    return new String(message.text(), UTF_8);
  }
}
