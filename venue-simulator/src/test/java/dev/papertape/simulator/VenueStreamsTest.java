package dev.papertape.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.papertape.simulator.binance.WireBook;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueWire;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real WebSockets on loopback, ten times the usual pace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VenueStreamsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final SimulatorConfig CONFIG =
      SimulatorConfig.defaults(1).withHistoryMinutes(10).withSpeed(10).speaking(VenueWire.BINANCE);

  /**
   * RFC 6455: never sent, reported by the client when the connection ends without a close frame.
   */
  private static final int NO_HANDSHAKE = 1006;

  private final VenueSimulator simulator = VenueSimulator.start(CONFIG);

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
    assertThat(endedBy(() -> simulator.dropConnections("CIELO"), cielo)).isEqualTo(NO_HANDSHAKE);
    assertThat(endedBy(() -> VenueClient.post(cielo, "/sim/drop-connections"), cielo))
        .isEqualTo(NO_HANDSHAKE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.dropConnections("NOWHERE"))
        .withMessageContaining("ALTO, BRIO, CIELO");
  }

  @FunctionalInterface
  private interface Drop {
    void drop() throws Exception;
  }

  /**
   * The JDK's client overlooks about every tenth end without a handshake: its socket then stands in
   * CLOSE-WAIT, and no further drop can reach it. So each try is a connection of its own.
   */
  private static int endedBy(Drop drop, SimulatedVenue venue) throws Exception {
    for (int attempt = 0; attempt < 10; attempt++) {
      try (VenueClient client = VenueClient.connect(venue, "/ws/btcusdt@depth@100ms")) {
        client.next();
        drop.drop();
        try {
          return client.ended.get(2, TimeUnit.SECONDS);
        } catch (TimeoutException overlooked) {
          continue;
        }
      }
    }
    throw new AssertionError("ten connections stood after they were dropped");
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
  void closingEndsEveryConnectionAndTwiceIsFine() throws Exception {
    VenueSimulator other = VenueSimulator.start(CONFIG);
    try (VenueClient client = VenueClient.connect(other.venues().getFirst(), "/ws/btcusdt@trade")) {
      other.close();
      other.close();
      assertThat(client.ended.get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private static String snapshot(SimulatedVenue venue) {
    return VenueClient.get(venue, "/api/v3/depth?symbol=BTCUSDT&limit=5000").body();
  }
}
