package dev.papertape.command.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.chaos.proxy.VenueOnSockets.Ear;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The proxy between two real ends on loopback: what goes over, in which order, and what does not.
 */
@Timeout(60)
class FaultProxyTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private VenueOnSockets venue;
  private FaultProxy proxy;
  private WebSocketCoreClient client;

  @BeforeEach
  void start() throws Exception {
    venue = new VenueOnSockets();
    proxy = FaultProxy.start(List.of(settings()), clock::get, _ -> Duration.ofSeconds(3));
    client = new WebSocketCoreClient();
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    proxy.close();
    venue.close();
  }

  @Test
  void fragmentsComeAsOneMessageAndPingsGoBetweenThem() throws Exception {
    Ear connector = connect(true);
    Ear there = venue.opened();
    there.say(OpCode.TEXT, false, "{\"e\":");
    there.say(OpCode.PING, true, "hello");
    there.say(OpCode.CONTINUATION, true, "\"x\"}");

    Frame ping = connector.next();
    assertThat(ping.getOpCode()).isEqualTo(OpCode.PING);
    assertThat(ping.getPayloadAsUTF8()).isEqualTo("hello");
    Frame whole = connector.next();
    assertThat(whole.getOpCode()).isEqualTo(OpCode.TEXT);
    assertThat(whole.isFin()).isTrue();
    assertThat(whole.getPayloadAsUTF8()).isEqualTo("{\"e\":\"x\"}");

    connector.say(OpCode.TEXT, true, "subscribe");
    assertThat(there.next().getPayloadAsUTF8()).isEqualTo("subscribe");
  }

  @Test
  void aCloseGoesOverWithItsCodeAndReason() throws Exception {
    Ear connector = connect(true);
    Ear there = venue.opened();
    there.session().close(4001, "maintenance", Callback.NOOP);

    CloseStatus heard = connector.ended.poll(10, TimeUnit.SECONDS);
    assertThat(heard).isNotNull();
    assertThat(heard.getCode()).isEqualTo(4001);
    assertThat(heard.getReason()).isEqualTo("maintenance");
  }

  @Test
  void whoDoesNotReadHoldsUpTheOtherSideAndLosesNothing() throws Exception {
    Ear connector = connect(false);
    Ear there = venue.opened();
    String filling = "x".repeat(16_384);
    int messages = 2_000;
    CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    for (int n = 0; n < messages; n++) {
      last = there.write(OpCode.TEXT, n + filling);
    }
    // 32 MB fit into no buffers between the two: the venue cannot be done while nobody reads.
    assertThat(last).failsWithin(Duration.ofMillis(300));

    List<String> numbers = new ArrayList<>();
    for (int n = 0; n < messages; n++) {
      connector.session().demand();
      numbers.add(connector.next().getPayloadAsUTF8().replace("x", ""));
    }
    last.get(10, TimeUnit.SECONDS);
    for (int n = 0; n < messages; n++) {
      assertThat(numbers.get(n)).isEqualTo(Integer.toString(n));
    }
  }

  @Test
  void aHeldReplyIsLetGoAtTheDeadline() throws Exception {
    proxy.arm(plan(ChaosType.API_TIMEOUT, 2, Duration.ofSeconds(2)));
    CompletableFuture<HttpResponse<String>> asked = ask();
    clock.set(NOON.plusMillis(1_999));
    assertThat(asked)
        .as("nothing lets it go before the clock says so")
        .failsWithin(Duration.ofMillis(300));

    clock.set(NOON.plusSeconds(2));
    assertThat(asked.get(10, TimeUnit.SECONDS).body()).isEqualTo("answered");
    assertThat(proxy.disarm("x-1")).isEqualTo(1);
  }

  @Test
  void aFlapWithoutASocketIsOwedToTheNext() throws Exception {
    proxy.arm(plan(ChaosType.WS_FLAP, 1, Duration.ofMillis(1)));
    client.connect(new Ear(true), proxy.through(settings()).stream());
    assertThat(venue.opened().ended.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(proxy.disarm("x-1")).isEqualTo(1);

    Ear second = connect(true);
    second.say(OpCode.TEXT, true, "here");
    assertThat(venue.opened().next().getPayloadAsUTF8()).isEqualTo("here");
  }

  @Test
  void Bug_5_closes_were_spread_over_what_was_over_already() {
    ExperimentStarted plan = plan(ChaosType.WS_FLAP, 50, Duration.ofSeconds(10));
    assertThat(FlapSchedule.moments(plan, Duration.ofSeconds(1)))
        .hasSize(50)
        .isSorted()
        .allMatch(moment -> moment.compareTo(Duration.ofSeconds(1)) < 0);
    assertThat(FlapSchedule.moments(plan, Duration.ofSeconds(-1))).isEmpty();
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    HttpRequest request = HttpRequest.newBuilder(proxy.through(settings()).rest()).build();
    return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private Ear connect(boolean eager) throws Exception {
    Ear ear = new Ear(eager);
    client.connect(ear, proxy.through(settings()).stream()).get(10, TimeUnit.SECONDS);
    return ear;
  }

  private static ExperimentStarted plan(ChaosType type, double intensity, Duration lasts) {
    return new ExperimentStarted(
        "x-1",
        type,
        new ChaosTarget(new Venue("ALTO"), new Symbol("BTC-USDT"), null),
        1,
        intensity,
        lasts.toMillis(),
        null,
        "",
        NOON,
        NOON.plus(lasts));
  }

  private VenueSettings settings() {
    return new VenueSettings(
        new Venue("ALTO"),
        VenueKind.SIMULATED,
        WireProtocol.BINANCE_SPOT,
        venue.at("http", ""),
        venue.at("ws", "/stream"),
        List.of(new Symbol("BTC-USDT")),
        new VenueFees(1, 1),
        new VenueLatency(1, 1, 1));
  }
}
