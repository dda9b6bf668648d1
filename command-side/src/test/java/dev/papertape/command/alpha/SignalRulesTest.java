package dev.papertape.command.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalRulesTest {
  private static final Instant FEED = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aSignalMayBeOneSecondAheadOfTheMarket() {
    assertThat(code(FEED.plusMillis(1_000), null)).isEmpty();
    assertThat(code(FEED.plusMillis(1_001), null)).isEqualTo("IN_THE_FUTURE");
  }

  @Test
  void aSignalIsNewerThanTheOneBefore() {
    assertThat(code(FEED, FEED.minusMillis(1))).isEmpty();
    assertThat(code(FEED, FEED)).isEqualTo("OUT_OF_ORDER");
    assertThat(code(FEED.minusSeconds(1), FEED)).isEqualTo("OUT_OF_ORDER");
  }

  @Test
  void aSignalThatHoldsNoMoreIsNone() {
    assertThat(code(FEED.minusMillis(9_999), null)).isEmpty();
    assertThat(code(FEED.minusMillis(10_000), null)).isEqualTo("EXPIRED");
  }

  private static String code(Instant at, @Nullable Instant newest) {
    return SignalRules.wrongTime(at, Duration.ofSeconds(10), newest, FEED)
        .map(SignalRules.WrongTime::code)
        .orElse("");
  }
}
