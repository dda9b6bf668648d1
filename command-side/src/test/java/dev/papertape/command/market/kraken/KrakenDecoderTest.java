package dev.papertape.command.market.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.recorded.SharedCaptures;
import dev.papertape.command.market.wire.PairNames;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Kraken's v2 frames, and v1's; the fixtures are NautilusTrader's. */
class KrakenDecoderTest {
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Arrival ARRIVAL =
      new Arrival(new Venue("KRAKEN"), Instant.parse("2023-10-06T17:35:55Z"), 0, 0);

  private final KrakenDecoder decoder = new KrakenDecoder(new PairNames('/', Map.of()));

  @Test
  void snapshotKeepsTheDigitsAsSent() throws IOException {
    DepthSnapshot book = (DepthSnapshot) fixture("ws_book_snapshot.json");
    assertThat(book.symbol()).isEqualTo(BTC);
    assertThat(book.bids())
        .isEqualTo(
            PriceLevels.of("105944.20", "0.136", "105935.40", "0.024", "105920.10", "0.052"));
    assertThat(book.integrity()).isEqualTo(new Integrity.Checksum(2439117997L, 10));
  }

  @Test
  void updateAppliesToTheDepthThatWasSubscribed() throws IOException {
    decode(
        "{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"symbol\":\"BTC/USD\","
            + "\"depth\":25},\"success\":true}");
    DepthDiff diff = (DepthDiff) fixture("ws_book_update.json");
    assertThat(diff.bids()).isEqualTo(PriceLevels.of("105944.20", "0.250"));
    assertThat(diff.asks()).isEqualTo(PriceLevels.NONE);
    assertThat(diff.integrity()).isEqualTo(new Integrity.Checksum(2114181697L, 25));
    assertThat(diff.exchangeTime()).isEqualTo(Instant.parse("2023-10-06T17:35:55.440295Z"));
  }

  @Test
  void severalTradesInOneFrameAreABundleOfTakers() throws IOException {
    Bundle frame = (Bundle) fixture("ws_trade_update.json");
    assertThat(frame.connectionSequence()).as("Kraken numbers no frames").isNull();
    assertThat(frame.parts())
        .map(TradePrint.class::cast)
        .extracting(TradePrint::tradeId, TradePrint::aggressor, each -> each.price().toString())
        .containsExactly(
            Tuple.tuple(10218208L, Side.BUY, "105944.20"),
            Tuple.tuple(10218209L, Side.SELL, "105910.50"));
  }

  @Test
  void candleIsNeverFinal() throws IOException {
    Kline candle = (Kline) fixture("ws_ohlc_update.json");
    assertThat(candle.openTime()).isEqualTo(Instant.parse("2023-10-04T16:25:00Z"));
    assertThat(candle.closeTime()).isEqualTo(Instant.parse("2023-10-04T16:25:59.999Z"));
    assertThat(candle.high()).isEqualByComparingTo("106044.3");
    assertThat(candle.trades()).isEqualTo(12);
    assertThat(candle.closed()).isFalse();
  }

  @Test
  void heartbeatAndStatusAreNoMarketData() {
    assertThat(decode("{\"channel\":\"heartbeat\"}")).isInstanceOf(OtherFrame.class);
    assertThat(decode("{\"channel\":\"status\",\"type\":\"update\",\"data\":[{}]}"))
        .isInstanceOf(OtherFrame.class);
  }

  @Test
  void brokenBookFrameNamesItsBook() {
    VenueInput broken =
        decode("{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\"}]}");
    assertThat(broken)
        .isInstanceOfSatisfying(
            MalformedFrame.class, frame -> assertThat(frame.bookOf()).isEqualTo(BTC));
  }

  @Test
  void Bug_4_frameThatIsNoJsonAsAWholeMayBeOfAnyBook() {
    VenueInput cut =
        decode("{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bi");
    assertThat(cut)
        .isInstanceOfSatisfying(
            MalformedFrame.class,
            frame -> {
              assertThat(frame.bookOf()).isNull();
              assertThat(frame.depth()).isTrue();
            });
  }

  @Test
  void Bug_4_brokenFrameOfSeveralBooksNamesThemAll() {
    VenueInput broken =
        decode(
            "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[],"
                + "\"asks\":[],\"checksum\":1},{\"symbol\":\"ETH/USD\",\"bids\":[]}]}");
    assertThat(broken)
        .isInstanceOfSatisfying(
            Bundle.class,
            frame ->
                assertThat(frame.parts())
                    .extracting(part -> ((MalformedFrame) part).bookOf())
                    .containsExactly(BTC, new Symbol("ETH-USD")));
  }

  @Test
  void candleOfAnAbsurdIntervalIsMalformed() {
    String candle =
        "{\"channel\":\"ohlc\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"open\":1,"
            + "\"high\":1,\"low\":1,\"close\":1,\"volume\":1,\"trades\":1,"
            + "\"interval_begin\":\"2026-01-01T00:00:00Z\",\"interval\":%s}]}";
    assertThat(decode(candle.formatted("1"))).isInstanceOf(VenueInput.Kline.class);
    assertThat(decode(candle.formatted("999999999999999999"))).isInstanceOf(MalformedFrame.class);
  }

  @Test
  void brokenTradeFrameIsNoBooks() {
    assertThat(decode("{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{}]}"))
        .isInstanceOfSatisfying(MalformedFrame.class, frame -> assertThat(frame.depth()).isFalse());
  }

  @Test
  void quotedDecimalIsNoNumber() {
    assertThat(
            decode(
                "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
                    + "\"bids\":[{\"price\":\"1.0\",\"qty\":1}],\"asks\":[],\"checksum\":1}]}"))
        .isInstanceOf(MalformedFrame.class);
  }

  @Test
  void oldVersionsChangeMayComeInTwoPayloads() {
    KrakenV1Decoder old = new KrakenV1Decoder(new PairNames('/', Map.of("XBT", "BTC")));
    byte[] frame =
        ("[336,{\"a\":[[\"5541.30000\",\"2.50700000\",\"1534614248.456738\"]]},"
                + "{\"b\":[[\"5541.20000\",\"0.00000000\",\"1534614335.345903\",\"r\"]],"
                + "\"c\":\"974942666\"},\"book-10\",\"XBT/USD\"]")
            .getBytes(StandardCharsets.UTF_8);
    DepthDiff diff = (DepthDiff) old.decode(ARRIVAL, frame, 0, frame.length);
    assertThat(diff.symbol()).isEqualTo(BTC);
    assertThat(diff.asks()).isEqualTo(PriceLevels.of("5541.30000", "2.50700000"));
    assertThat(diff.bids()).isEqualTo(PriceLevels.of("5541.20000", "0.00000000"));
    assertThat(diff.integrity()).isEqualTo(new Integrity.Checksum(974942666L, 10));
  }

  private VenueInput fixture(String name) throws IOException {
    return decode(Files.readString(SharedCaptures.l2("../wire/nautilus/kraken/" + name)));
  }

  private VenueInput decode(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    return decoder.decode(ARRIVAL, bytes, 0, bytes.length);
  }
}
