package dev.papertape.command.market.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Trade's frames; the fixtures are NautilusTrader's. */
class CoinbaseDecoderTest {
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Arrival ARRIVAL =
      new Arrival(new Venue("COINBASE"), Instant.parse("2026-04-07T14:30:01Z"), 0, 0);

  private final CoinbaseDecoder decoder = new CoinbaseDecoder(new PairNames('-', Map.of()));

  @Test
  void updateHasBidsOffersAndItsConnectionsNumber() throws IOException {
    Bundle frame = (Bundle) fixture("ws_l2_data_update.json");
    assertThat(frame.connectionSequence()).isEqualTo(1);
    DepthDiff diff = (DepthDiff) frame.parts().getFirst();
    assertThat(diff.symbol()).isEqualTo(BTC);
    assertThat(diff.bids()).isEqualTo(PriceLevels.of("68900.00", "2.00000000"));
    assertThat(diff.asks()).as("0 removes").isEqualTo(PriceLevels.of("68901.00", "0.00000000"));
    assertThat(diff.exchangeTime()).isEqualTo(Instant.parse("2026-04-07T14:30:01.456789Z"));
  }

  @Test
  void snapshotIsAWholeBook() throws IOException {
    Bundle frame = (Bundle) fixture("ws_l2_data_snapshot.json");
    assertThat(frame.parts()).singleElement().isInstanceOf(DepthSnapshot.class);
  }

  @Test
  void tradesComeOldestFirstAndTheSideIsTheMakers() throws IOException {
    Bundle frame = (Bundle) fixture("ws_market_trades.json");
    assertThat(frame.parts())
        .map(TradePrint.class::cast)
        .extracting(TradePrint::tradeId, TradePrint::aggressor)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(995098701L, Side.BUY),
            org.assertj.core.groups.Tuple.tuple(995098700L, Side.SELL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws_heartbeats.json", "ws_subscriptions.json", "ws_ticker.json"})
  void framesWithoutBooksOrTradesStillHaveTheirNumber(String name) throws IOException {
    Bundle frame = (Bundle) fixture(name);
    assertThat(frame.connectionSequence()).isNotNull();
    assertThat(frame.parts()).isEmpty();
  }

  @Test
  void errorHasNoNumber() {
    assertThat(decode("{\"type\":\"error\",\"message\":\"no\"}")).isInstanceOf(OtherFrame.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"channel\":\"l2_data\"",
        "{\"channel\":\"l2_data\",\"sequence_num\":-}",
        "{\"channel\":\"l2_data\",\"sequence_num\":1,\"events\":[{\"type\":\"update\"}]}",
        "{\"channel\":\"l2_data\",\"timestamp\":\"2026-04-07T14:30:01Z\",\"sequence_num\":1,"
            + "\"events\":[{\"type\":\"update\",\"product_id\":\"BTC-USD\",\"updates\":[{"
            + "\"side\":\"ask\",\"price_level\":\"1\",\"new_quantity\":\"1\"}]}]}"
      })
  void whatDoesNotParseIsMalformed(String frame) {
    assertThat(decode(frame)).isInstanceOf(MalformedFrame.class);
  }

  private VenueInput fixture(String name) throws IOException {
    return decode(Files.readString(SharedCaptures.l2("../wire/nautilus/coinbase/" + name)));
  }

  private VenueInput decode(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    return decoder.decode(ARRIVAL, bytes, 0, bytes.length);
  }

  @Test
  void frameWithinALargerBufferIsReadInItsBounds() {
    byte[] bytes = "xx{\"type\":\"error\"}yy".getBytes(StandardCharsets.UTF_8);
    assertThat(List.of(decoder.decode(ARRIVAL, bytes, 2, bytes.length - 2)))
        .hasOnlyElementsOfType(OtherFrame.class);
  }
}
