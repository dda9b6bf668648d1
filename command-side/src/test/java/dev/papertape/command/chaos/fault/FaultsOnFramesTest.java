package dev.papertape.command.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.chaos.fault.Outcome.Drop;
import dev.papertape.command.chaos.fault.Outcome.Pass;
import dev.papertape.command.chaos.fault.Outcome.Replace;
import dev.papertape.command.fixtures.ArrayBook;
import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.recorded.CapturedFrames;
import dev.papertape.command.market.recorded.SharedCaptures;
import dev.papertape.command.quality.BookGuard;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault on messages of each wire; the byte is the measure of what must stay as it is. */
class FaultsOnFramesTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant OVER = AT.plusSeconds(2);

  private static ArmedFault fault(ChaosType type, String symbol, double intensity) {
    return new ArmedFault(
        new ExperimentStarted(
            "x-1",
            type,
            new ChaosTarget(new Venue("ALTO"), new Symbol(symbol), null),
            1,
            intensity,
            2_000,
            null,
            "",
            AT,
            OVER));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ObjectNode replaced(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Replace.class);
    return Objects.requireNonNull(WireJson.read(((Replace) outcome).text()));
  }

  @Test
  void gapDropsTheNextMessagesOfItsBookAndOfNoOther() {
    StreamTamper tamper = new StreamTamper(WireProtocol.BINANCE_SPOT);
    List<ArmedFault> armed = List.of(fault(ChaosType.L2_GAP, "BTC-USDT", 2));
    byte[] btc = bytes(binance("BTCUSDT", "[[\"1.5\",\"2\"]]"));
    byte[] eth = bytes(binance("ETHUSDT", "[[\"1.5\",\"2\"]]"));
    byte[] trade = bytes("{\"data\":{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\"}}");

    assertThat(tamper.venueSaid(eth, armed, AT)).isSameAs(Pass.AS_IT_IS);
    assertThat(tamper.venueSaid(trade, armed, AT)).isSameAs(Pass.AS_IT_IS);
    assertThat(tamper.venueSaid(btc, armed, AT)).isSameAs(Drop.IT);
    assertThat(tamper.venueSaid(btc, armed, AT)).isSameAs(Drop.IT);
    assertThat(tamper.venueSaid(btc, armed, AT)).isSameAs(Pass.AS_IT_IS);
    assertThat(armed.getFirst().hits()).isEqualTo(2);
  }

  @Test
  void nothingStrikesAtItsDeadlineOrLater() {
    for (ChaosType type : List.of(ChaosType.L2_GAP, ChaosType.DEPTH_SPIKE)) {
      StreamTamper tamper = new StreamTamper(WireProtocol.BINANCE_SPOT);
      byte[] message = bytes(binance("BTCUSDT", "[[\"1.5\",\"2\"]]"));
      assertThat(tamper.venueSaid(message, List.of(fault(type, "BTC-USDT", 2)), OVER))
          .isSameAs(Pass.AS_IT_IS);
    }
  }

  @Test
  void spikeMultipliesAndItsUndoSendsTheTruth() {
    StreamTamper tamper = new StreamTamper(WireProtocol.BINANCE_SPOT);
    List<ArmedFault> armed = List.of(fault(ChaosType.DEPTH_SPIKE, "BTC-USDT", 50));
    JsonNode spiked =
        replaced(
            tamper.venueSaid(
                bytes(
                    binance(
                        "BTCUSDT",
                        "[[\"30.0\",\"2.10\"],[\"20.0\",\"1.00\"],[\"10.0\",\"0.00\"]]")),
                armed,
                AT));
    assertThat(spiked.at("/data/b").toString())
        .isEqualTo("[[\"30.0\",\"105.00\"],[\"20.0\",\"50.00\"],[\"10.0\",\"0.00\"]]");

    JsonNode healed =
        replaced(
            tamper.venueSaid(
                bytes(binance("BTCUSDT", "[[\"25.0\",\"7.00\"],[\"20.0\",\"3.00\"]]")),
                armed,
                OVER));
    assertThat(healed.at("/data/b").toString())
        .as("30 as it is, in its place; 20 comes with a newer truth; 10 was removed")
        .isEqualTo("[[\"30\",\"2.10\"],[\"25.0\",\"7.00\"],[\"20.0\",\"3.00\"]]");

    byte[] later = bytes(binance("BTCUSDT", "[[\"30.0\",\"2.10\"]]"));
    assertThat(tamper.venueSaid(later, armed, OVER)).isSameAs(Pass.AS_IT_IS);
  }

  @Test
  void coinbaseIsChangedInItsOwnWords() throws IOException {
    StreamTamper tamper = new StreamTamper(WireProtocol.COINBASE);
    List<ArmedFault> armed = List.of(fault(ChaosType.DEPTH_SPIKE, "BTC-USD", 50));
    byte[] captured =
        java.nio.file.Files.readAllBytes(
            SharedCaptures.data("wire/nautilus/coinbase/ws_l2_data_update.json"));
    JsonNode spiked = replaced(tamper.venueSaid(captured, armed, AT));
    assertThat(spiked.at("/events/0/updates/0/new_quantity").asText()).isEqualTo("100.00000000");
    assertThat(spiked.at("/events/0/updates/1/new_quantity").asText()).isEqualTo("0.00000000");
    assertThat(spiked.path("sequence_num").asInt()).isEqualTo(1);

    byte[] snapshot =
        java.nio.file.Files.readAllBytes(
            SharedCaptures.data("wire/nautilus/coinbase/ws_l2_data_snapshot.json"));
    assertThat(tamper.venueSaid(snapshot, List.of(fault(ChaosType.L2_GAP, "BTC-USD", 1)), AT))
        .as("a snapshot is never lost")
        .isSameAs(Pass.AS_IT_IS);
  }

  /** Kraken's own example: checksum 3310070434. */
  @Test
  void theCopyOfAKrakenBookSumsUpAsKrakenDoes() {
    KrakenCopy copy = new KrakenCopy(10);
    copy.apply(KrakenDepth.all(Objects.requireNonNull(WireJson.read(bytes(KRAKEN)))).getFirst());
    assertThat(copy.checksum()).isEqualTo(3310070434L);
  }

  /** One level of the ten best is lost; until a checksum tells, more is: here the next two. */
  @Test
  void onKrakenLossesGoOnUntilAChecksumTells() {
    StreamTamper tamper = new StreamTamper(WireProtocol.KRAKEN);
    ArmedFault fault = fault(ChaosType.L2_GAP, "BTC-USD", 1);
    KrakenCopy venue = new KrakenCopy(10);
    assertThat(tamper.venueSaid(bytes(KRAKEN), List.of(), AT)).isSameAs(Pass.AS_IT_IS);
    venue.apply(KrakenDepth.all(Objects.requireNonNull(WireJson.read(bytes(KRAKEN)))).getFirst());

    // Beyond the ten best: neither this nor the same again changes any checksum.
    assertThat(say(tamper, venue, fault, "45300.0", "1.00000000")).isSameAs(Drop.IT);
    assertThat(say(tamper, venue, fault, "45300.0", "2.00000000")).isSameAs(Drop.IT);
    // Of the best ask, which would be forwarded alike: nothing shows yet.
    assertThat(say(tamper, venue, fault, "45285.2", "0.50000000")).isSameAs(Drop.IT);
    // The client lacks the best ask's change: this message's checksum tells.
    assertThat(say(tamper, venue, fault, "45286.4", "0.70000000")).isSameAs(Pass.AS_IT_IS);
    assertThat(say(tamper, venue, fault, "45286.6", "0.80000000")).isSameAs(Pass.AS_IT_IS);
    assertThat(fault.hits()).isEqualTo(3);
  }

  @Test
  void aSpikeOnKrakenCarriesTheChecksumOfWhatTheClientHas() {
    StreamTamper tamper = new StreamTamper(WireProtocol.KRAKEN);
    ArmedFault fault = fault(ChaosType.DEPTH_SPIKE, "BTC-USD", 50);
    KrakenCopy venue = new KrakenCopy(10);
    KrakenCopy client = new KrakenCopy(10);
    KrakenDepth snapshot =
        KrakenDepth.all(Objects.requireNonNull(WireJson.read(bytes(KRAKEN)))).getFirst();
    tamper.venueSaid(bytes(KRAKEN), List.of(), AT);
    venue.apply(snapshot);
    client.apply(snapshot);

    ObjectNode spiked = replaced(say(tamper, venue, fault, "45286.4", "0.70000000"));
    KrakenDepth message = KrakenDepth.all(spiked).getFirst();
    assertThat(message.side(false).get(0).path("qty").decimalValue())
        .isEqualTo(new BigDecimal("35.00000000"));
    client.apply(message);
    assertThat(message.checksum()).isEqualTo(client.checksum()).isNotEqualTo(venue.checksum());
  }

  /**
   * Of forty levels a side one changes: the guard sees all of them fifty times as deep, at once.
   */
  @ParameterizedTest
  @EnumSource(names = {"BINANCE_SPOT", "COINBASE", "KRAKEN"})
  void Bug_5_a_spike_was_one_of_the_levels_that_changed(WireProtocol wire) {
    StreamTamper tamper = new StreamTamper(wire);
    tamper.clientSaid(bytes("{\"params\":{\"channel\":\"book\",\"depth\":100}}"));
    ArrayBook client = new ArrayBook(2, 3);
    BookGuard guard = new BookGuard(QualityPolicy.DEFAULT);
    byte[] book = bytes(depth(wire, true, 40, "10.000"));
    assertThat(tamper.venueSaid(book, List.of(), AT)).isSameAs(Pass.AS_IT_IS);
    hear(client, wire, book);
    for (int i = 0; i < 60; i++) {
      assertThat(guard.judge(client, AT.plusMillis(i))).isNull();
    }

    byte[] update = bytes(depth(wire, false, 1, "11.000"));
    ArmedFault fault = fault(ChaosType.DEPTH_SPIKE, "BTC-USD", 50);
    hear(client, wire, ((Replace) tamper.venueSaid(update, List.of(fault), AT)).text());
    assertThat(client.levels(BookSide.BID)).isEqualTo(40);
    assertThat(client.quantity(BookSide.ASK, 0)).isEqualTo(550_000);
    assertThat(client.quantity(BookSide.BID, 39)).isEqualTo(500_000);
    Finding found = guard.judge(client, AT.plusMillis(60));
    assertThat(found).isNotNull();
    assertThat(found.reason()).isEqualTo(QualityReason.DEPTH_SPIKE);

    byte[] next = bytes(depth(wire, false, 2, "12.000"));
    JsonNode second = replaced(tamper.venueSaid(next, List.of(fault), AT));
    assertThat(levels(wire, second)).as("only what changed from now on").isEqualTo(4);
    hear(client, wire, bytes(second.toString()));
    Outcome undone = tamper.venueSaid(update, List.of(), OVER);
    hear(client, wire, ((Replace) undone).text());
    assertThat(client.quantity(BookSide.BID, 0)).isEqualTo(11_000);
    assertThat(client.quantity(BookSide.BID, 1)).isEqualTo(12_000);
    assertThat(client.quantity(BookSide.ASK, 39)).isEqualTo(10_000);
  }

  /** The twelfth level is below what a checksum covers: only the undo can bring its truth. */
  @ParameterizedTest
  @EnumSource(names = {"DEPTH_SPIKE", "L2_GAP"})
  void Bug_5_a_fault_below_the_ten_best_outlived_its_undo_on_kraken(ChaosType type) {
    StreamTamper tamper = new StreamTamper(WireProtocol.KRAKEN);
    tamper.clientSaid(bytes("{\"params\":{\"channel\":\"book\",\"depth\":25}}"));
    ArrayBook client = new ArrayBook(2, 3);
    byte[] book = bytes(depth(WireProtocol.KRAKEN, true, 12, "10.000"));
    assertThat(tamper.venueSaid(book, List.of(), AT)).isSameAs(Pass.AS_IT_IS);
    hear(client, WireProtocol.KRAKEN, book);
    KrakenCopy venue = new KrakenCopy(25);
    venue.apply(kraken(book));

    ArmedFault fault = fault(type, "BTC-USD", type == ChaosType.L2_GAP ? 1 : 50);
    byte[] twelfth = summed(venue, "{\"price\":99.88,\"qty\":7.000}");
    Outcome struck = tamper.venueSaid(twelfth, List.of(fault), AT);
    assertThat(fault.hits()).isEqualTo(1);
    if (struck instanceof Replace(byte[] text)) {
      hear(client, WireProtocol.KRAKEN, text);
    }
    assertThat(client.quantity(BookSide.BID, 11)).isNotEqualTo(7_000);

    byte[] best = summed(venue, "{\"price\":99.99,\"qty\":11.000}");
    byte[] healing = ((Replace) tamper.venueSaid(best, List.of(fault), OVER)).text();
    hear(client, WireProtocol.KRAKEN, healing);
    assertThat(kraken(healing).checksum()).isEqualTo(venue.checksum());
    assertThat(client.quantity(BookSide.BID, 0)).isEqualTo(11_000);
    assertThat(client.quantity(BookSide.BID, 11)).isEqualTo(7_000);
    for (int level = 1; level < 11; level++) {
      assertThat(client.quantity(BookSide.BID, level)).isEqualTo(10_000);
      assertThat(client.quantity(BookSide.ASK, level)).isEqualTo(10_000);
    }
    byte[] later = summed(venue, "{\"price\":99.98,\"qty\":1.000}");
    assertThat(tamper.venueSaid(later, List.of(), OVER)).isSameAs(Pass.AS_IT_IS);
  }

  /** A level whose removal was lost is removed, one that came meanwhile comes. */
  @Test
  void Bug_5_a_lost_removal_below_the_ten_best_outlived_its_undo_on_kraken() {
    StreamTamper tamper = new StreamTamper(WireProtocol.KRAKEN);
    tamper.clientSaid(bytes("{\"params\":{\"channel\":\"book\",\"depth\":25}}"));
    ArrayBook client = new ArrayBook(2, 3);
    byte[] book = bytes(depth(WireProtocol.KRAKEN, true, 12, "10.000"));
    tamper.venueSaid(book, List.of(), AT);
    hear(client, WireProtocol.KRAKEN, book);
    KrakenCopy venue = new KrakenCopy(25);
    venue.apply(kraken(book));
    ArmedFault fault = fault(ChaosType.L2_GAP, "BTC-USD", 1);
    byte[] lost = summed(venue, "{\"price\":99.88,\"qty\":0},{\"price\":99.80,\"qty\":3.000}");
    assertThat(tamper.venueSaid(lost, List.of(fault), AT)).isSameAs(Drop.IT);

    byte[] best = summed(venue, "{\"price\":99.99,\"qty\":11.000}");
    hear(
        client,
        WireProtocol.KRAKEN,
        ((Replace) tamper.venueSaid(best, List.of(fault), OVER)).text());
    assertThat(client.levels(BookSide.BID)).isEqualTo(12);
    assertThat(client.price(BookSide.BID, 11)).isEqualTo(9_980);
    assertThat(client.quantity(BookSide.BID, 11)).isEqualTo(3_000);
  }

  private static KrakenDepth kraken(byte[] text) {
    return KrakenDepth.all(Objects.requireNonNull(WireJson.read(text))).getFirst();
  }

  /** The bids as an update that carries the venue's checksum after it. */
  private static byte[] summed(KrakenCopy venue, String bids) {
    String update =
        "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
            + "\"bids\":[%s],\"asks\":[],\"checksum\":%d}]}";
    venue.apply(kraken(bytes(update.formatted(bids, 0))));
    return bytes(update.formatted(bids, venue.checksum()));
  }

  private static int levels(WireProtocol wire, JsonNode message) {
    List<Boolean> seen = new ArrayList<>();
    for (DepthMessage part : DepthWire.of(wire).all((ObjectNode) message)) {
      part.edit(
          (bid, price, quantity) -> {
            seen.add(bid);
            return quantity;
          });
    }
    return seen.size();
  }

  private static void hear(ArrayBook client, WireProtocol wire, byte[] text) {
    ObjectNode message = Objects.requireNonNull(WireJson.read(text));
    for (DepthMessage part : DepthWire.of(wire).all(message)) {
      part.edit(
          (bid, price, quantity) -> {
            client.set(
                bid ? BookSide.BID : BookSide.ASK, price.toPlainString(), quantity.toPlainString());
            return quantity;
          });
    }
  }

  /** The best so many levels of both sides of BTC-USD, a cent apart, with this quantity. */
  private static String depth(WireProtocol wire, boolean whole, int count, String quantity) {
    StringJoiner bids = new StringJoiner(",");
    StringJoiner asks = new StringJoiner(",");
    for (int i = 1; i <= count; i++) {
      bids.add(level(wire, "bid", BigDecimal.valueOf(10_000 - i, 2), quantity));
      asks.add(level(wire, "offer", BigDecimal.valueOf(10_000 + i, 2), quantity));
    }
    return switch (wire) {
      case BINANCE_SPOT ->
          "{\"e\":\"depthUpdate\",\"s\":\"BTCUSD\",\"U\":1,\"u\":2,\"b\":[%s],\"a\":[%s]}"
              .formatted(bids, asks);
      case COINBASE ->
          "{\"channel\":\"l2_data\",\"events\":[{\"type\":\"%s\",\"product_id\":\"BTC-USD\",\"updates\":[%s,%s]}]}"
              .formatted(whole ? "snapshot" : "update", bids, asks);
      default ->
          "{\"channel\":\"book\",\"type\":\"%s\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[%s],\"asks\":[%s],\"checksum\":1}]}"
              .formatted(whole ? "snapshot" : "update", bids, asks);
    };
  }

  private static String level(WireProtocol wire, String side, BigDecimal price, String quantity) {
    return switch (wire) {
      case BINANCE_SPOT -> "[\"%s\",\"%s\"]".formatted(price, quantity);
      case COINBASE ->
          "{\"side\":\"%s\",\"price_level\":\"%s\",\"new_quantity\":\"%s\"}"
              .formatted(side, price, quantity);
      default -> "{\"price\":%s,\"qty\":%s}".formatted(price, quantity);
    };
  }

  /**
   * Over the shared captures: without a fault every byte stays; with one the book's alone change.
   */
  @Test
  void overTrueCapturesOnlyWhatIsMeantChanges() throws IOException {
    int seen = 0;
    for (Path file : CapturedFrames.files("cryptofeed")) {
      List<byte[]> frames = new ArrayList<>();
      List<WireProtocol> wires = new ArrayList<>();
      CapturedFrames.read(
          file,
          1,
          message -> {
            if (message.url() == null
                && frames.size() < 2_000
                && List.of(WireProtocol.BINANCE_SPOT, WireProtocol.COINBASE)
                    .contains(message.wire())) {
              frames.add(message.text());
              wires.add(message.wire());
            }
          });
      for (ChaosType type : List.of(ChaosType.L2_GAP, ChaosType.DEPTH_SPIKE)) {
        seen += replay(frames, wires, type);
      }
    }
    assertThat(seen).as("messages struck").isPositive();
  }

  private static int replay(List<byte[]> frames, List<WireProtocol> wires, ChaosType type) {
    if (frames.isEmpty()) {
      return 0;
    }
    WireProtocol wire = wires.getFirst();
    StreamTamper tamper = new StreamTamper(wire);
    StreamTamper idle = new StreamTamper(wire);
    ArmedFault fault = fault(type, wire == WireProtocol.BINANCE_SPOT ? "BTC-USDT" : "BTC-USD", 3);
    for (byte[] frame : frames) {
      assertThat(idle.venueSaid(frame, List.of(), AT)).isSameAs(Pass.AS_IT_IS);
      Outcome outcome = tamper.venueSaid(frame, List.of(fault), AT);
      if (outcome instanceof Replace(byte[] text)) {
        ObjectNode before = Objects.requireNonNull(WireJson.read(frame));
        ObjectNode after = Objects.requireNonNull(WireJson.read(text));
        assertThat(names(after)).isEqualTo(names(before));
      }
    }
    return (int) fault.hits();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Outcome say(
      StreamTamper tamper, KrakenCopy venue, ArmedFault fault, String price, String quantity) {
    String ask = "{\"price\":%s,\"qty\":%s}".formatted(price, quantity);
    String update =
        "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
            + "\"bids\":[],\"asks\":[%s],\"checksum\":%d}]}";
    venue.apply(
        KrakenDepth.all(Objects.requireNonNull(WireJson.read(bytes(update.formatted(ask, 0)))))
            .getFirst());
    return tamper.venueSaid(bytes(update.formatted(ask, venue.checksum())), List.of(fault), AT);
  }

  private static String binance(String symbol, String bids) {
    return "{\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"%s\",\"U\":1,\"u\":2,\"b\":%s,\"a\":[]}}"
        .formatted(symbol, bids);
  }

  private static final String KRAKEN =
      """
      {"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[
      {"price":45283.5,"qty":0.10000000},{"price":45283.4,"qty":1.54582015},
      {"price":45282.1,"qty":0.10000000},{"price":45281.0,"qty":0.10000000},
      {"price":45280.3,"qty":1.54592586},{"price":45279.0,"qty":0.07990000},
      {"price":45277.6,"qty":0.03310103},{"price":45277.5,"qty":0.30000000},
      {"price":45277.3,"qty":1.54602737},{"price":45276.6,"qty":0.15445238}],"asks":[
      {"price":45285.2,"qty":0.00100000},{"price":45286.4,"qty":1.54571953},
      {"price":45286.6,"qty":1.54571109},{"price":45289.6,"qty":1.54560911},
      {"price":45290.2,"qty":0.15890660},{"price":45291.8,"qty":1.54553491},
      {"price":45294.7,"qty":0.04454749},{"price":45296.1,"qty":0.35380000},
      {"price":45297.5,"qty":0.09945542},{"price":45299.5,"qty":0.18772827}],
      "checksum":3310070434}]}
      """;
}
