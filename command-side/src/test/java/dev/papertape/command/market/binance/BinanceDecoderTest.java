package dev.papertape.command.market.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.command.market.VenueInput.TopOfBook;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceDecoderTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Arrival ARRIVAL = new Arrival(new Venue("BINANCE"), Instant.EPOCH, 0, 0);
  private static final String DEPTH =
      """
      {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255308,"s":"BTCUSDT",\
      "U":50093239203,"u":50093239207,"b":[["55653.87000000","0.00000000"]],\
      "a":[["61838.04000000","0.32332000"],["61844.30000000","0.40163000"]]}}""";

  private final BinanceDecoder decoder = new BinanceDecoder(new WireSymbols(false));

  @Test
  void spotDepthInTheWrapper() {
    assertThat(decode(DEPTH))
        .isEqualTo(
            new DepthDiff(
                ARRIVAL,
                BTC,
                new UpdateIds(50093239203L, 50093239207L, UpdateIds.NO_PREVIOUS),
                Instant.ofEpochMilli(1723161255308L),
                PriceLevels.of("55653.87000000", "0.00000000"),
                PriceLevels.of("61838.04000000", "0.32332000", "61844.30000000", "0.40163000")));
  }

  @Test
  void futuresDepthNamesItsPredecessor() {
    BinanceDecoder futures = new BinanceDecoder(new WireSymbols(true));
    byte[] frame =
        bytes(
            """
            {"e":"depthUpdate","E":1723161257440,"T":1723161257434,"s":"ETHUSD_PERP",\
            "ps":"ETHUSD","U":12,"u":15,"pu":9,"b":[["2657.70","0"]],"a":[]}""");
    assertThat(futures.decode(ARRIVAL, frame, 0, frame.length))
        .isInstanceOfSatisfying(
            DepthDiff.class,
            diff -> {
              assertThat(diff.symbol()).isEqualTo(new Symbol("ETH-USD-PERP"));
              assertThat(diff.integrity()).isEqualTo(new UpdateIds(12, 15, 9));
              assertThat(diff.bids()).isEqualTo(PriceLevels.of("2657.70", "0"));
              assertThat(diff.asks().size()).isZero();
            });
  }

  @Test
  void inlineSnapshotNeedsToKnowItsSymbol() {
    String snapshot =
        "{\"lastUpdateId\":7,\"bids\":[[\"1.50\",\"2\"]],\"asks\":[[\"1.60\",\"3\"]]}";
    assertThat(decode(snapshot)).isInstanceOf(MalformedFrame.class);

    decoder.inlineSnapshotsOf(BTC);
    assertThat(decode(snapshot))
        .isEqualTo(
            new DepthSnapshot(
                ARRIVAL,
                BTC,
                UpdateIds.ofSnapshot(7),
                null,
                PriceLevels.of("1.50", "2"),
                PriceLevels.of("1.60", "3"),
                DepthSnapshot.INLINE));
  }

  @Test
  void partialBookStreamIsNoSnapshot() {
    decoder.inlineSnapshotsOf(BTC);
    assertThat(
            decode(
                """
                {"stream":"btcusdt@depth20","data":{"lastUpdateId":7,"bids":[],"asks":[]}}"""))
        .isInstanceOf(OtherFrame.class);
  }

  @Test
  void tradeSaysWhoTook() {
    assertThat(
            decode(
                """
                {"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":3735683259,\
                "p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}"""))
        .isEqualTo(
            new TradePrint(
                ARRIVAL,
                BTC,
                false,
                3735683259L,
                WireDecimal.of("61837.63000000"),
                WireDecimal.of("0.02000000"),
                Side.SELL,
                Instant.ofEpochMilli(1723161255342L)));
    assertThat(
            decode(
                """
                {"e":"aggTrade","E":1,"s":"BTCUSDT","a":5,"p":"1.0","q":"2","f":1,"l":2,"T":3,\
                "m":false,"M":true}"""))
        .isInstanceOfSatisfying(
            TradePrint.class,
            trade -> {
              assertThat(trade.aggregated()).isTrue();
              assertThat(trade.aggressor()).isEqualTo(Side.BUY);
              assertThat(trade.tradeId()).isEqualTo(5);
            });
  }

  @Test
  void spotBookTickerHasNoEventName() {
    assertThat(
            decode(
                """
                {"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT",\
                "b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}"""))
        .isEqualTo(
            new TopOfBook(
                ARRIVAL,
                BTC,
                50093239212L,
                WireDecimal.of("61837.63000000"),
                WireDecimal.of("3.78826000"),
                WireDecimal.of("61837.64000000"),
                WireDecimal.of("1.54698000")));
  }

  @Test
  void klineIsFinalOnlyWhenClosed() {
    assertThat(
            decode(
                """
                {"e":"kline","E":1,"s":"BTCUSDT","k":{"t":60000,"T":119999,"s":"BTCUSDT","i":"1m",\
                "f":1,"L":2,"o":"1.0","c":"2.5","h":"3.0","l":"0.5","v":"10","n":2,"x":false,\
                "q":"1","V":"2","Q":"3","B":"0"}}"""))
        .isEqualTo(
            new Kline(
                ARRIVAL,
                BTC,
                "1m",
                Instant.ofEpochSecond(60),
                Instant.ofEpochMilli(119_999),
                new BigDecimal("1.0"),
                new BigDecimal("3.0"),
                new BigDecimal("0.5"),
                new BigDecimal("2.5"),
                new BigDecimal("10"),
                2,
                false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"result\":null,\"id\":1}", "{}", "{\"e\":\"listStatus\",\"b\":1}"})
  void framesWithoutMarketAreOther(String frame) {
    assertThat(decode(frame)).isInstanceOf(OtherFrame.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[1]",
        "{",
        "{}x",
        "{\"e\":\"depthUpdate\"}",
        "{\"a\":nul}",
        "{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"0\",\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"e\":\"trade\",\"s\":\"??\",\"t\":1,\"p\":\"1\",\"q\":\"1\",\"T\":1,\"m\":true}",
        "{\"e\":\"trade\",\"e\":\"trade\"}"
      })
  void brokenFramesAreMalformed(String frame) {
    assertThat(decode(frame)).isInstanceOf(MalformedFrame.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1.0",
        "1e5",
        "NaN",
        "",
        ".5",
        "5.",
        "1.2.3",
        " 1",
        "1234567890123456789",
        "0.1234567890123456"
      })
  void noDecimalOfTheWireIsMalformed(String price) {
    assertThat(decode(DEPTH.replace("61838.04000000", price)))
        .isInstanceOfSatisfying(
            MalformedFrame.class, malformed -> assertThat(malformed.bookOf()).isEqualTo(BTC));
  }

  @Test
  void numberInsteadOfAStringIsMalformed() {
    assertThat(decode(DEPTH.replace("\"61838.04000000\"", "61838.04")))
        .isInstanceOf(MalformedFrame.class);
  }

  @Test
  void updateIdsTheWrongWayRoundAreMalformed() {
    assertThat(decode(DEPTH.replace("\"U\":50093239203", "\"U\":50093239208")))
        .isInstanceOf(MalformedFrame.class);
  }

  @Test
  void trailingZerosAreRememberedAndStripped() {
    DepthDiff diff = (DepthDiff) decode(DEPTH.replace("61838.04000000", "0.00120"));
    assertThat(diff.asks().priceMantissa(0)).isEqualTo(12);
    assertThat(diff.asks().priceDecimals(0)).isEqualTo(4);
    assertThat(diff.asks().priceWireDecimals(0)).isEqualTo(5);
  }

  @Test
  void requestedSnapshotThatDoesNotParseHasFailed() {
    assertThat(decoder.decodeSnapshot(ARRIVAL, BTC, 4, bytes("<html>")))
        .isInstanceOfSatisfying(
            SnapshotFailed.class, failed -> assertThat(failed.epoch()).isEqualTo(4));
  }

  @Property(tries = 300)
  void cutAnywhereItIsMalformed(@ForAll int seed) {
    int cut = new Random(seed).nextInt(DEPTH.length());
    assertThat(decode(DEPTH.substring(0, cut))).isInstanceOf(MalformedFrame.class);
  }

  @Property(tries = 1000)
  void flippedBytesNeverThrow(@ForAll int seed) {
    Random random = new Random(seed);
    byte[] frame = bytes(DEPTH);
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
    }
    assertThat(decoder.decode(ARRIVAL, frame, 0, frame.length)).isNotNull();
  }

  private VenueInput decode(String text) {
    byte[] frame = bytes(text);
    return decoder.decode(ARRIVAL, frame, 0, frame.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
