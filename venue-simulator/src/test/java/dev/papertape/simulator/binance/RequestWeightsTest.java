package dev.papertape.simulator.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestWeightsTest {

  /** 2026-03-01T00:01:23Z. */
  private static final long AT_0001_23 = 1_772_323_283_000L;

  private static final String CALLER = "10.0.0.1";

  private final RequestWeights weights = new RequestWeights(100, 3);

  @Test
  void weightAddsUpWithinACalendarMinuteAndBeginsAnewAtTheNext() {
    assertThat(weights.charge(CALLER, 50, AT_0001_23).used()).isEqualTo(50);
    assertThat(weights.charge(CALLER, 20, AT_0001_23 + 36_999).used()).isEqualTo(70);
    assertThat(weights.charge(CALLER, 20, AT_0001_23 + 37_000).used()).isEqualTo(20);
  }

  @Test
  void pastTheLimitACallIsRefusedUntilTheMinuteEnds() {
    assertThat(weights.charge(CALLER, 100, AT_0001_23).refusal()).isEmpty();

    RestReply refusal = weights.charge(CALLER, 1, AT_0001_23).refusal().orElseThrow();

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.retryAfterSeconds()).hasValue(37);
    assertThat(refusal.json())
        .startsWith("{\"code\":-1003,\"msg\":\"Too much request weight used;");
    assertThat(weights.charge(CALLER, 1, AT_0001_23 + 37_000).refusal()).isEmpty();
  }

  @Test
  void whoGoesOnIsBannedForTwoMinutesAndThenForFour() {
    RestReply ban = overdraw(AT_0001_23);
    assertThat(ban.status()).isEqualTo(418);
    assertThat(ban.retryAfterSeconds()).hasValue(120);
    assertThat(ban.json()).contains("banned until " + (AT_0001_23 + 120_000));

    // a new minute does not lift a ban, its end does
    assertThat(status(weights.charge(CALLER, 1, AT_0001_23 + 119_999))).isEqualTo(418);
    assertThat(weights.charge(CALLER, 1, AT_0001_23 + 120_000).refusal()).isEmpty();

    assertThat(overdraw(AT_0001_23 + 600_000).retryAfterSeconds()).hasValue(240);
  }

  @Test
  void addressesHaveAccountsOfTheirOwn() {
    weights.charge(CALLER, 100, AT_0001_23);

    assertThat(weights.charge("10.0.0.2", 100, AT_0001_23).refusal()).isEmpty();
  }

  @Test
  void depthCostsByItsLimit() {
    assertThat(List.of("5", "100", "101", "500", "501", "1000", "1001", "5000"))
        .extracting(limit -> RequestCost.of("/api/v3/depth", Map.of("limit", List.of(limit))))
        .containsExactly(5, 5, 25, 25, 50, 50, 250, 250);
    assertThat(RequestCost.of("/api/v3/depth", Map.of())).isEqualTo(5);
  }

  private RestReply overdraw(long millis) {
    weights.charge(CALLER, 100, millis);
    for (int refused = 0; refused < 3; refused++) {
      assertThat(status(weights.charge(CALLER, 1, millis))).isEqualTo(429);
    }
    return weights.charge(CALLER, 1, millis).refusal().orElseThrow();
  }

  private static int status(RequestWeights.Charge charge) {
    return charge.refusal().orElseThrow().status();
  }
}
