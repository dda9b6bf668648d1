package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Backoff;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coinbase's and Kraken's connectors against a venue that misbehaves on purpose. */
class SubscribingConnectorTest {
  private static final Venue VENUE = new Venue("VENUE");
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
  private static final Symbol NONE = new Symbol("NO-SUCH");
  private static final String PRODUCT =
      "{\"product_id\":\"BTC-USD\",\"base_increment\":\"0.00000001\",\"quote_increment\":\"0.01\","
          + "\"quote_min_size\":\"1\",\"status\":\"online\",\"trading_disabled\":false,"
          + "\"price_increment\":\"0.01\"}";
  private static final String PAIR =
      "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"altname\":\"XBTUSD\",\"wsname\":\"XBT/USD\","
          + "\"pair_decimals\":1,\"lot_decimals\":8,\"ordermin\":\"0.00005\",\"costmin\":\"0.5\","
          + "\"tick_size\":\"0.1\",\"status\":\"online\"}}}";
  private static final String UNKNOWN_PAIR = "{\"error\":[\"EQuery:Unknown asset pair\"]}";

  private final BlockingQueue<VenueInput> inputs = new LinkedBlockingQueue<>();
  private final List<String> tapped = new CopyOnWriteArrayList<>();
  private ScriptedVenue venue;
  private VenueConnector connector;

  @BeforeEach
  void venueIsUp() throws IOException {
    venue = new ScriptedVenue();
    reply("/api/v3/brokerage/market/products/BTC-USD", 200, PRODUCT);
    reply("/0/public/AssetPairs?pair=BTC/USD", 200, PAIR);
    reply("/0/public/AssetPairs?pair=NO/SUCH", 200, UNKNOWN_PAIR);
  }

  @AfterEach
  void closeBoth() throws IOException {
    connector.close();
    venue.close();
  }

  @Test
  void coinbasesProductIsListedAndWhatItDoesNotKnowLeftOut() throws Exception {
    start(WireProtocol.COINBASE, Duration.ofMinutes(1));
    assertThat(next(InstrumentsListed.class).instruments())
        .containsExactly(
            new InstrumentRules(
                BTC,
                "BTC-USD",
                new BigDecimal("0.01"),
                new BigDecimal("0.00000001"),
                BigDecimal.ONE));
  }

  @Test
  void krakensPairIsListedAndWhatItDoesNotKnowLeftOut() throws Exception {
    start(WireProtocol.KRAKEN, Duration.ofMinutes(1));
    assertThat(next(InstrumentsListed.class).instruments())
        .containsExactly(
            new InstrumentRules(
                BTC,
                "BTC/USD",
                new BigDecimal("0.1"),
                new BigDecimal("0.00000001"),
                new BigDecimal("0.5")));
  }

  @Test
  void framesOfTheOpenSocketAreDecoded() throws Exception {
    start(WireProtocol.COINBASE, Duration.ofMinutes(1));
    next(SocketOpened.class);
    stream()
        .send(
            "{\"channel\":\"l2_data\",\"timestamp\":\"2026-04-07T14:30:01Z\",\"sequence_num\":0,"
                + "\"events\":[{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":[]}]}");
    Bundle frame = next(Bundle.class);
    assertThat(frame.parts()).singleElement().isInstanceOf(DepthSnapshot.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"COINBASE", "KRAKEN"})
  void silentSocketIsClosedAndOpenedAnew(WireProtocol wire) throws Exception {
    start(wire, Duration.ofMillis(200));
    stream();
    SocketClosed closed = next(SocketClosed.class);
    assertThat(closed.reason()).startsWith("no frame for ");
    stream();
    next(SocketOpened.class);
    assertThat(tapped)
        .as("what a recorder is told")
        .startsWith(
            "connected", closed.receivedAt() + " " + closed.reason(), "disconnected", "connected");
  }

  /** Heartbeats first: without them quiet channels close, and all numbers count from there. */
  @Test
  void coinbaseIsAskedForHeartbeatsBooksAndTrades() throws Exception {
    start(WireProtocol.COINBASE, Duration.ofMinutes(1));
    ScriptedVenue.Stream stream = stream();
    for (String channel : List.of("heartbeats", "level2", "market_trades")) {
      assertThat(heard(stream))
          .isEqualTo(
              "{\"type\":\"subscribe\",\"channel\":\"%s\",\"product_ids\":[\"BTC-USD\"]}"
                  .formatted(channel));
    }
  }

  @Test
  void krakenIsAskedForBooksTradesAndCandles() throws Exception {
    start(WireProtocol.KRAKEN, Duration.ofMinutes(1));
    ScriptedVenue.Stream stream = stream();
    String message =
        "{\"method\":\"subscribe\",\"params\":{\"channel\":\"%s\",\"symbol\":[\"BTC/USD\"],%s}}";
    assertThat(heard(stream)).isEqualTo(message.formatted("book", "\"depth\":10"));
    assertThat(heard(stream)).isEqualTo(message.formatted("trade", "\"snapshot\":false"));
    assertThat(heard(stream)).isEqualTo(message.formatted("ohlc", "\"interval\":1"));
  }

  @Test
  void Bug_4_krakenSnapshotOfAnEarlierSubscriptionIsNotHandedOn() throws Exception {
    start(WireProtocol.KRAKEN, Duration.ofMinutes(1));
    ScriptedVenue.Stream stream = stream();
    String request = askUntilResubscribed(stream, "\"method\":\"unsubscribe\"");
    assertThat(request).endsWith(",\"req_id\":4}");
    assertThat(heard(stream)).contains("\"method\":\"subscribe\"").endsWith(",\"req_id\":5}");

    stream.send(krakenBook("snapshot", "1.0"));
    stream.send(krakenBook("update", "2.0"));
    stream.send(
        "{\"method\":\"unsubscribe\",\"req_id\":4,\"result\":{\"channel\":\"book\",\"depth\":10,"
            + "\"symbol\":\"BTC/USD\"},\"success\":true}");
    stream.send(krakenBook("snapshot", "3.0"));

    assertThat(nextDepth()).isEqualTo(new DepthSeen(true, 3));
  }

  @Test
  void Bug_4_coinbaseSnapshotOfAnEarlierSubscriptionIsNotHandedOnButItsNumberIs() throws Exception {
    start(WireProtocol.COINBASE, Duration.ofMinutes(1));
    ScriptedVenue.Stream stream = stream();
    askUntilResubscribed(stream, "\"type\":\"unsubscribe\"");
    // The answers to the first three requests may be late, too.
    for (int number = 0; number < 3; number++) {
      stream.send(coinbaseSubscriptions(number));
    }
    stream.send(coinbaseBook(3, "1"));
    stream.send(coinbaseSubscriptions(4));
    stream.send(coinbaseBook(5, "3"));

    List<Long> numbers = new ArrayList<>();
    Bundle frame = next(Bundle.class);
    while (frame.parts().stream().noneMatch(DepthSnapshot.class::isInstance)) {
      numbers.add(frame.connectionSequence());
      frame = next(Bundle.class);
    }
    assertThat(numbers).as("no phantom gap").containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(frame.connectionSequence()).isEqualTo(5);
  }

  @Test
  void Bug_4_socketThatBringsNoBookIsOpenedAnew() throws Exception {
    start(WireProtocol.KRAKEN, Duration.ofMinutes(1), Duration.ofMillis(300), QUICK);
    ScriptedVenue.Stream first = stream();
    ScriptedVenue.Stream second = null;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (second == null) {
      assertThat(System.nanoTime()).as("still the first socket").isLessThan(deadline);
      connector.request(VENUE, BTC, 1);
      second = venue.streams.poll(50, TimeUnit.MILLISECONDS);
    }
    assertThat(next(SocketClosed.class).reason())
        .isEqualTo("no book of BTC-USD after 3 subscriptions");
    assertThat(first.heard())
        .filteredOn(text -> text.contains("\"method\":\"unsubscribe\""))
        .hasSize(3);
  }

  /**
   * After n failures it waits at least half of 50 ms · 2^(n−1): 400 ms before the sixth connect.
   */
  @Test
  void Bug_4_venueThatSaysHelloAndHangsUpIsLeftAloneLongerAndLonger() throws Exception {
    Backoff growing = new Backoff(Duration.ofMillis(50), Duration.ofMinutes(1));
    start(WireProtocol.KRAKEN, Duration.ofMinutes(1), Duration.ofSeconds(10), growing);
    long hungUp = System.nanoTime();
    for (int connect = 1; connect <= 5; connect++) {
      ScriptedVenue.Stream stream = stream();
      stream.send(
          "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"system\":\"maintenance\"}]}");
      next(OtherFrame.class);
      hungUp = System.nanoTime();
      stream.cut();
    }
    stream();
    assertThat(Duration.ofNanos(System.nanoTime() - hungUp))
        .isGreaterThanOrEqualTo(Duration.ofMillis(400));
  }

  private record DepthSeen(boolean snapshot, int bid) {}

  private DepthSeen nextDepth() throws InterruptedException {
    while (true) {
      switch (next(VenueInput.class)) {
        case DepthSnapshot book -> {
          return new DepthSeen(true, (int) book.bids().priceMantissa(0));
        }
        case DepthDiff diff -> {
          return new DepthSeen(false, (int) diff.bids().priceMantissa(0));
        }
        default -> {}
      }
    }
  }

  /** Asks until the first subscription has had its time. */
  private String askUntilResubscribed(ScriptedVenue.Stream stream, String wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      assertThat(System.nanoTime()).as("nothing is asked for anew").isLessThan(deadline);
      connector.request(VENUE, BTC, 1);
      String text = stream.heard().poll(50, TimeUnit.MILLISECONDS);
      if (text != null && text.contains(wanted)) {
        return text;
      }
    }
  }

  private static String heard(ScriptedVenue.Stream stream) throws InterruptedException {
    String text = stream.heard().poll(20, TimeUnit.SECONDS);
    assertThat(text).as("the connector spoke").isNotNull();
    return text;
  }

  private static String krakenBook(String type, String bid) {
    return "{\"channel\":\"book\",\"type\":\"%s\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{\"price\":%s,\"qty\":1.0}],\"asks\":[],\"checksum\":1}]}"
        .formatted(type, bid);
  }

  private static String coinbaseSubscriptions(long number) {
    return "{\"channel\":\"subscriptions\",\"timestamp\":\"2026-04-07T14:30:01Z\",\"sequence_num\":%d,\"events\":[{\"subscriptions\":{}}]}"
        .formatted(number);
  }

  private static String coinbaseBook(long number, String bid) {
    return "{\"channel\":\"l2_data\",\"timestamp\":\"2026-04-07T14:30:01Z\",\"sequence_num\":%d,\"events\":[{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":[{\"side\":\"bid\",\"event_time\":\"2026-04-07T14:30:01Z\",\"price_level\":\"%s\",\"new_quantity\":\"1\"}]}]}"
        .formatted(number, bid);
  }

  private void reply(String path, int status, String body) {
    venue.replies.put(path, new ScriptedVenue.Reply(status, List.of(), body));
  }

  private void start(WireProtocol wire, Duration idle) {
    start(wire, idle, Duration.ofSeconds(1), QUICK);
  }

  /**
   * @param patience with a REST call, and with a book that was asked for
   */
  private void start(WireProtocol wire, Duration idle, Duration patience, Backoff reconnect) {
    ConnectorSettings usual =
        ConnectorSettings.of(VENUE, 0, venue.rest(), venue.stream(), Set.of(BTC, NONE));
    ConnectorSettings quick =
        new ConnectorSettings(
            VENUE,
            0,
            venue.rest(),
            venue.stream(),
            Set.of(BTC, NONE),
            10,
            usual.connectTimeout(),
            patience,
            usual.candleSpacing(),
            idle,
            reconnect);
    connector =
        VenueConnector.of(
            wire,
            quick,
            TestCalls.to(VENUE, wire),
            Clock.systemUTC(),
            new Random(1),
            inputs::put,
            tap);
    connector.start();
  }

  private <T extends VenueInput> T next(Class<T> kind) throws InterruptedException {
    while (true) {
      VenueInput input = inputs.poll(20, TimeUnit.SECONDS);
      assertThat(input).as("waiting for " + kind.getSimpleName()).isNotNull();
      if (kind.isInstance(input)) {
        return kind.cast(input);
      }
    }
  }

  private ScriptedVenue.Stream stream() throws InterruptedException {
    ScriptedVenue.Stream stream = venue.streams.poll(20, TimeUnit.SECONDS);
    assertThat(stream).as("a stream opened").isNotNull();
    return stream;
  }

  private final FrameTap tap =
      new FrameTap() {
        @Override
        public void connected(
            Venue told, Instant at, String address, List<InstrumentRules> instruments) {
          tapped.add("connected");
        }

        @Override
        public void frame(Venue told, Instant at, byte[] bytes, int length) {}

        @Override
        public void fetched(Venue told, Instant at, String url, byte[] body) {}

        @Override
        public void closed(Venue told, Instant at, String reason) {
          tapped.add(at + " " + reason);
        }

        @Override
        public void disconnected(Venue told) {
          tapped.add("disconnected");
        }
      };
}
