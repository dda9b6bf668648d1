package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Backoff;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
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
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector against a venue that misbehaves on purpose. */
class BinanceConnectorTest {
  private static final Venue VENUE = new Venue("BINANCE");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final String EXCHANGE_INFO =
      """
      {"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","limit":6000}],
       "symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT",
         "filters":[{"filterType":"PRICE_FILTER","tickSize":"0.01000000"},
                    {"filterType":"LOT_SIZE","stepSize":"0.00001000"},
                    {"filterType":"NOTIONAL","minNotional":"5.00000000"}]}]}""";
  private static final String DIFF =
      "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1,"
          + "\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"b\":[[\"1.00\",\"2\"]],\"a\":[]}}";

  private final BlockingQueue<VenueInput> inputs = new LinkedBlockingQueue<>();
  private ScriptedVenue venue;
  private BinanceConnector connector;

  @BeforeEach
  void venueIsUp() throws IOException {
    venue = new ScriptedVenue();
    venue.replies.put(
        "/api/v3/exchangeInfo", new ScriptedVenue.Reply(200, List.of(), EXCHANGE_INFO));
  }

  @AfterEach
  void closeBoth() throws IOException {
    connector.close();
    venue.close();
  }

  @Test
  void listsThenOpensThenDecodes() throws Exception {
    start(Duration.ofMinutes(1));

    assertThat(next(InstrumentsListed.class).instruments())
        .containsExactly(
            new InstrumentRules(
                BTC,
                "BTCUSDT",
                new BigDecimal("0.01"),
                new BigDecimal("0.00001"),
                new BigDecimal("5")));
    next(SocketOpened.class);
    ScriptedVenue.Stream stream = stream();
    assertThat(stream.path())
        .isEqualTo("/stream?streams=btcusdt@depth@100ms/btcusdt@aggTrade/btcusdt@kline_1m");
    stream.send(DIFF.formatted(5, 7));
    stream.send("no JSON");
    stream.send(DIFF.formatted(8, 9));

    DepthDiff first = next(DepthDiff.class);
    assertThat(first.symbol()).isEqualTo(BTC);
    assertThat(first.integrity())
        .isInstanceOfSatisfying(UpdateIds.class, ids -> assertThat(ids.first()).isEqualTo(5));
    next(MalformedFrame.class);
    assertThat(next(DepthDiff.class).ordinal()).isGreaterThan(first.ordinal());
  }

  @Test
  void connectsAgainAfterACut() throws Exception {
    start(Duration.ofMinutes(1));
    stream().cut();
    next(SocketOpened.class);
    assertThat(next(SocketClosed.class).reason()).isNotEmpty();
    next(SocketOpened.class);
    stream().send(DIFF.formatted(1, 1));
    next(DepthDiff.class);
  }

  @Test
  void silentSocketIsClosedAndOpenedAnew() throws Exception {
    start(Duration.ofMillis(200));
    stream();
    assertThat(next(SocketClosed.class).reason()).startsWith("no frame for ");
    stream();
    next(SocketOpened.class);
  }

  @Test
  void venueThatIsDownAtFirstIsTriedAgain() throws Exception {
    venue.replies.put("/api/v3/exchangeInfo", new ScriptedVenue.Reply(503, List.of(), ""));
    start(Duration.ofMinutes(1));
    assertThat(request()).startsWith("/api/v3/exchangeInfo");
    assertThat(request()).startsWith("/api/v3/exchangeInfo");
    venue.replies.put(
        "/api/v3/exchangeInfo", new ScriptedVenue.Reply(200, List.of(), EXCHANGE_INFO));
    next(InstrumentsListed.class);
    next(SocketOpened.class);
  }

  @Test
  void snapshotComesBackWithTheEpochOfItsRequest() throws Exception {
    venue.replies.put(
        "/api/v3/depth",
        new ScriptedVenue.Reply(
            200,
            List.of("X-MBX-USED-WEIGHT-1M: 75"),
            "{\"lastUpdateId\":9,\"bids\":[[\"1.00\",\"2\"]],\"asks\":[[\"1.01\",\"3\"]]}"));
    start(Duration.ofMinutes(1));
    next(SocketOpened.class);
    request();
    connector.request(VENUE, BTC, 42);

    DepthSnapshot snapshot = next(DepthSnapshot.class);
    assertThat(snapshot.epoch()).isEqualTo(42);
    assertThat(snapshot.integrity()).isEqualTo(UpdateIds.ofSnapshot(9));
    assertThat(request()).isEqualTo("/api/v3/depth?symbol=BTCUSDT&limit=1000");
  }

  @Test
  void rateLimitedSnapshotsAreNotAskedForUntilRetryAfter() throws Exception {
    venue.replies.put(
        "/api/v3/depth", new ScriptedVenue.Reply(429, List.of("Retry-After: 60"), ""));
    start(Duration.ofMinutes(1));
    next(SocketOpened.class);
    request();
    connector.request(VENUE, BTC, 1);
    connector.request(VENUE, BTC, 2);

    assertThat(next(SnapshotFailed.class).reason()).contains("429");
    assertThat(next(SnapshotFailed.class).reason()).startsWith("rate limited until ");
    assertThat(request()).startsWith("/api/v3/depth");
    assertThat(venue.requests).as("the second never reached the venue").isEmpty();
  }

  @Test
  void nothingComesAfterClose() throws Exception {
    start(Duration.ofMinutes(1));
    next(SocketOpened.class);
    connector.close();
    inputs.clear();
    connector.request(VENUE, BTC, 1);
    assertThat(inputs).isEmpty();
  }

  private void start(Duration idle) {
    ConnectorSettings usual =
        ConnectorSettings.of(VENUE, 0, venue.rest(), venue.stream(), Set.of(BTC));
    connector =
        new BinanceConnector(
            new ConnectorSettings(
                VENUE,
                0,
                venue.rest(),
                venue.stream(),
                Set.of(BTC),
                usual.snapshotDepth(),
                usual.connectTimeout(),
                usual.requestTimeout(),
                usual.candleSpacing(),
                idle,
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(50))),
            TestCalls.to(VENUE, WireProtocol.BINANCE_SPOT),
            Clock.systemUTC(),
            new Random(1),
            inputs::put,
            FrameTap.NONE);
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

  private String request() throws InterruptedException {
    String request = venue.requests.poll(20, TimeUnit.SECONDS);
    assertThat(request).as("a request came").isNotNull();
    return request;
  }
}
