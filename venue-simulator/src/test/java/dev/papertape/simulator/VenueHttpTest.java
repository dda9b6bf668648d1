package dev.papertape.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real HTTP on loopback: refusals, weights, the side door, ports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VenueHttpTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final SimulatorConfig CONFIG = SimulatorConfig.defaults(1).withHistoryMinutes(10);

  private final VenueSimulator simulator = VenueSimulator.start(CONFIG);

  @AfterAll
  void stop() {
    simulator.close();
  }

  private SimulatedVenue venue(String name) {
    return simulator.venues().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
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
}
