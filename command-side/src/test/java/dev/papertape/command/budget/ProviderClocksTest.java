package dev.papertape.command.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProviderClocksTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  private final ProviderClocks clocks = new ProviderClocks(() -> NOW);

  private void told(long aheadMs, long roundTripMs) {
    Instant shown = NOW.plusMillis(aheadMs);
    clocks.observed("ACME", NOW, NOW.plusMillis(roundTripMs), shown, shown);
  }

  @Test
  void oursHoldsUntilTheProviderShowsAnother() {
    assertThat(clocks.offsetMs("ACME")).isEmpty();
    assertThat(clocks.now("ACME")).isEqualTo(NOW);
    told(40, 100);
    assertThat(clocks.offsetMs("ACME")).as("40 ms on, but it took 100: no proof").hasValue(0);
  }

  @Test
  void anAnswerMovesTheOffsetNoFurtherThanItProves() {
    told(5_000, 100);
    assertThat(clocks.offsetMs("ACME")).hasValue(4_900);
    told(5_000, 20);
    assertThat(clocks.offsetMs("ACME")).as("a quicker answer proves more").hasValue(4_980);
    told(5_000, 3_000);
    assertThat(clocks.offsetMs("ACME")).as("a slow one proves nothing new").hasValue(4_980);
  }

  @Test
  void ofAClockThatTellsSecondsNoMoreIsTaken() {
    clocks.observed("ACME", NOW, NOW.plusMillis(10), NOW, NOW.plusMillis(999));
    assertThat(clocks.offsetMs("ACME")).hasValue(0);
    clocks.observed("ACME", NOW, NOW, NOW.plusSeconds(3), NOW.plusMillis(3_999));
    assertThat(clocks.now("ACME")).isEqualTo(NOW.plusSeconds(3));
  }

  @Test
  void anHourIsNotBelieved() {
    told(3_600_000, 10);
    assertThat(clocks.now("ACME")).isEqualTo(NOW);
  }
}
