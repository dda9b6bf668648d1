package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestWeightTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:01:23Z");
  private final RequestWeight weight = new RequestWeight(1000);

  @Test
  void stopsAtNineTenthsAndStartsAnewWithTheCalendarMinute() {
    for (int i = 0; i < 18; i++) {
      assertThat(weight.refuse(50, AT)).isNull();
    }
    assertThat(weight.refuse(1, AT)).isEqualTo("weight 900 of 1000 used in this minute");
    assertThat(weight.refuse(1, Instant.parse("2026-01-01T00:01:59.999Z"))).isNotNull();
    assertThat(weight.refuse(1, Instant.parse("2026-01-01T00:02:00Z"))).isNull();
  }

  @Test
  void theVenuesOwnCountHoldsWhenItIsHigher() {
    weight.observed(880, AT);
    assertThat(weight.refuse(20, AT)).isNull();
    assertThat(weight.refuse(5, AT)).isNotNull();
  }

  @Test
  void retryAfterClosesTheGate() {
    weight.limited(30L, AT);
    assertThat(weight.refuse(1, AT.plusSeconds(29)))
        .isEqualTo("rate limited until 2026-01-01T00:01:53Z");
    assertThat(weight.refuse(1, AT.plusSeconds(30))).isNull();
  }

  @Test
  void banWithoutRetryAfterLastsTwoMinutes() {
    weight.limited(null, AT);
    assertThat(weight.refuse(1, AT.plusSeconds(119))).isNotNull();
    assertThat(weight.refuse(1, AT.plusSeconds(120))).isNull();
  }

  @Test
  void shorterRetryAfterDoesNotShortenALongerOne() {
    weight.limited(60L, AT);
    weight.limited(1L, AT);
    assertThat(weight.refuse(1, AT.plusSeconds(59))).isNotNull();
  }

  @Test
  void deeperSnapshotsCostMore() {
    assertThat(RequestWeight.ofDepth(100)).isEqualTo(5);
    assertThat(RequestWeight.ofDepth(500)).isEqualTo(25);
    assertThat(RequestWeight.ofDepth(1000)).isEqualTo(50);
    assertThat(RequestWeight.ofDepth(5000)).isEqualTo(250);
  }
}
