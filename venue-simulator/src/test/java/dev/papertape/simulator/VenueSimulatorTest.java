package dev.papertape.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.papertape.simulator.binance.WireBook;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real sockets on loopback, ten times the usual pace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VenueSimulatorTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final SimulatorConfig CONFIG =
      SimulatorConfig.defaults(1).withHistoryMinutes(10).withSpeed(10);

  /**
   * RFC 6455: never sent, reported by the client when the connection ends without a close frame.
   */
  private static final int NO_HANDSHAKE = 1006;

  private VenueSimulator simulator = VenueSimulator.start(CONFIG);

  @BeforeAll
  void restart() {
    simulator.close();
    simulator = VenueSimulator.start(CONFIG);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  private SimulatedVenue venue(String name) {
    return simulator.venues().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aClientFollowsTheSyncRuleAndAgreesWithALaterSnapshot() {
    SimulatedVenue brio = venue("BRIO");
    try (VenueClient client = VenueClient.connect(brio, "/ws/btcusdt@depth@100ms")) {
      JsonNode first = client.next();
      WireBook book = WireBook.ofSnapshot(snapshot(brio));
      assertThat(first.get("U").asLong()).isLessThanOrEqualTo(book.id() + 1);
      book.apply(first.toString());
      int applied = 0;
      while (applied < 30) {
        applied += book.apply(client.next().toString()) ? 1 : 0;
        assertThat(book.isCrossedOrLocked()).isFalse();
      }
      // both continue to the same diff: the streamed book and a fresh snapshot must then be equal
      WireBook fresh = WireBook.ofSnapshot(snapshot(brio));
      do {
        String diff = client.next().toString();
        book.apply(diff);
        fresh.apply(diff);
      } while (book.id() != fresh.id());
      assertThat(book).isEqualTo(fresh);
    }
  }

  @Test
  void combinedStreamsComeInTheirEnvelope() {
    try (VenueClient client =
        VenueClient.connect(
            venue("ALTO"), "/stream?streams=ethusdt@bookTicker/solusdt@depth@100ms")) {
      JsonNode ticker = client.await(m -> m.path("stream").asText().equals("ethusdt@bookTicker"));
      assertThat(ticker.get("data").get("s").asText()).isEqualTo("ETHUSDT");
      JsonNode depth = client.await(m -> m.path("stream").asText().equals("solusdt@depth@100ms"));
      assertThat(depth.get("data").get("e").asText()).isEqualTo("depthUpdate");
    }
  }

  @Test
  void subscriptionsChangeOnALiveConnection() {
    try (VenueClient client = VenueClient.connect(venue("ALTO"), "/ws")) {
      client.say("{'method':'SUBSCRIBE','params':['btcusdt@trade','btcusdt@aggTrade'],'id':1}");
      assertThat(client.await(m -> m.has("result")).toString())
          .isEqualTo("{\"result\":null,\"id\":1}");
      client.await(m -> m.path("e").asText().equals("trade"));
      client.say("{'method':'UNSUBSCRIBE','params':['btcusdt@trade'],'id':2}");
      client.await(m -> m.path("id").asInt() == 2);
      client.say("{'method':'LIST_SUBSCRIPTIONS','id':3}");
      assertThat(client.await(m -> m.path("id").asInt() == 3).get("result").toString())
          .isEqualTo("[\"btcusdt@aggTrade\"]");
      client.say("{'method':'SUBSCRIBE','params':['dogeusdt@trade'],'id':4}");
      assertThat(client.await(m -> m.path("id").asInt() == 4).get("error").get("code").asInt())
          .isEqualTo(2);
      client.await(m -> m.path("e").asText().equals("aggTrade"));
    }
  }

  @Test
  void whoTalksTooMuchIsClosedWith1008() throws Exception {
    try (VenueClient client = VenueClient.connect(venue("CIELO"), "/ws")) {
      for (int i = 1; i <= 6; i++) {
        client.say("{'method':'LIST_SUBSCRIPTIONS','id':" + i + "}");
      }
      assertThat(client.ended.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    }
  }

  @Test
  void droppedConnectionsBreakWithoutAHandshakeAndMayComeBack() throws Exception {
    SimulatedVenue cielo = venue("CIELO");
    try (VenueClient client = VenueClient.connect(cielo, "/ws/btcusdt@depth@100ms")) {
      client.next();
      assertThat(simulator.dropConnections("CIELO")).isPositive();
      assertThat(client.ended.get(20, TimeUnit.SECONDS)).isEqualTo(NO_HANDSHAKE);
    }
    try (VenueClient client = VenueClient.connect(cielo, "/ws/btcusdt@depth@100ms")) {
      client.next();
      assertThat(VenueClient.post(cielo, "/sim/drop-connections").statusCode()).isEqualTo(200);
      assertThat(client.ended.get(20, TimeUnit.SECONDS)).isEqualTo(NO_HANDSHAKE);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.dropConnections("NOWHERE"))
        .withMessageContaining("ALTO, BRIO, CIELO");
  }

  @Test
  void aClientThatDoesNotReadIsCutOff() throws Exception {
    SimulatorConfig fast = CONFIG.withVenues(CONFIG.venues().subList(0, 1)).withSpeed(200);
    try (VenueSimulator flooding = VenueSimulator.start(fast);
        var socket = new Socket()) {
      SimulatedVenue alto = flooding.venues().getFirst();
      URI uri = URI.create(alto.restBaseUrl());
      socket.setReceiveBufferSize(4096);
      socket.connect(new java.net.InetSocketAddress(uri.getHost(), uri.getPort()));
      String streams =
          String.join(
              "/",
              "btcusdt@bookTicker",
              "ethusdt@bookTicker",
              "solusdt@bookTicker",
              "btcusdt@depth@100ms",
              "ethusdt@depth@100ms",
              "solusdt@depth@100ms");
      socket
          .getOutputStream()
          .write(
              ("GET /stream?streams="
                      + streams
                      + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      // reads only the first bytes, then nothing more
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 101");
      awaitSessions(alto, 0);
    }
  }

  private static void awaitSessions(SimulatedVenue venue, int sessions) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (JSON.readTree(VenueClient.get(venue, "/sim/health").body()).get("sessions").asInt()
        > sessions) {
      assertThat(System.nanoTime()).as("still connected").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void anUnknownStreamOrPathIsRefusedAtTheDoor() {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> VenueClient.connect(venue("ALTO"), "/ws/dogeusdt@trade"))
        .withCauseInstanceOf(WebSocketHandshakeException.class);
    assertThat(VenueClient.get(venue("ALTO"), "/api/v3/nothing").statusCode()).isEqualTo(404);
    assertThat(VenueClient.get(venue("ALTO"), "/").statusCode()).isEqualTo(404);
    assertThat(VenueClient.post(venue("ALTO"), "/api/v3/ping").statusCode()).isEqualTo(405);
    HttpResponse<String> invalid = VenueClient.get(venue("ALTO"), "/api/v3/depth?symbol=XYZ");
    assertThat(invalid.statusCode()).isEqualTo(400);
    assertThat(invalid.body()).isEqualTo("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
  }

  @Test
  void weightsAreToldAndEnforcedOverHttp() {
    VenueConfig poor = withWeight(CONFIG.venues().getFirst(), 12, 2);
    // at this pace a minute lasts longer than the test, and starts with the market
    SimulatorConfig slow =
        CONFIG.withVenues(List.of(poor)).withSpeed(1).withStartEpochMillis(1_772_368_500_000L);
    try (VenueSimulator one = VenueSimulator.start(slow)) {
      SimulatedVenue alto = one.venues().getFirst();
      HttpResponse<String> first = VenueClient.get(alto, "/api/v3/depth?symbol=BTCUSDT");
      assertThat(first.headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("5");
      HttpResponse<String> second = VenueClient.get(alto, "/api/v3/depth?symbol=BTCUSDT");
      assertThat(second.headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("10");
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> refused = VenueClient.get(alto, "/api/v3/depth?symbol=BTCUSDT");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
            .isBetween(1L, 60L);
      }
      HttpResponse<String> banned = VenueClient.get(alto, "/api/v3/depth?symbol=BTCUSDT");
      assertThat(banned.statusCode()).isEqualTo(418);
      assertThat(banned.headers().firstValueAsLong("Retry-After").orElseThrow()).isEqualTo(120);
      assertThat(VenueClient.get(alto, "/sim/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theSideDoorTellsVenueAndRegimes() throws Exception {
    JsonNode told = JSON.readTree(VenueClient.get(venue("BRIO"), "/sim/venue").body());
    assertThat(told.get("name").asText()).isEqualTo("BRIO");
    assertThat(told.get("fees").get("takerBps").asDouble()).isEqualTo(6.0);
    assertThat(told.get("symbols").get(0).get("tickSize").asText()).isEqualTo("0.10");
    JsonNode regimes = JSON.readTree(VenueClient.get(venue("BRIO"), "/sim/regimes").body());
    assertThat(regimes.get("history").get(regimes.get("history").size() - 1).get("regime"))
        .isEqualTo(regimes.get("regime"));
    JsonNode health = JSON.readTree(VenueClient.get(venue("BRIO"), "/sim/health").body());
    assertThat(health.get("status").asText()).isEqualTo("UP");
  }

  @Test
  void aBusyPortIsNamed() {
    int taken = URI.create(venue("BRIO").restBaseUrl()).getPort();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> VenueSimulator.start(CONFIG.withAddress("127.0.0.1", taken)))
        .withMessageStartingWith("venue ALTO cannot listen on 127.0.0.1:" + taken);
  }

  @Test
  void closingEndsEveryConnectionAndTwiceIsFine() throws Exception {
    VenueSimulator other = VenueSimulator.start(CONFIG);
    try (VenueClient client = VenueClient.connect(other.venues().getFirst(), "/ws/btcusdt@trade")) {
      other.close();
      other.close();
      assertThat(client.ended.get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private static VenueConfig withWeight(VenueConfig venue, int weight, int refusals) {
    return new VenueConfig(
        venue.name(),
        venue.port(),
        venue.fees(),
        venue.latency(),
        venue.deviationBps(),
        venue.depthIntervalMillis(),
        venue.depthPhaseMillis(),
        weight,
        refusals,
        venue.listings());
  }

  private static String snapshot(SimulatedVenue venue) {
    return VenueClient.get(venue, "/api/v3/depth?symbol=BTCUSDT&limit=5000").body();
  }
}
