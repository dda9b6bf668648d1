package dev.papertape.command.alpha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.fixtures.TestVenue;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MomentumAlphaTest {
  /** Four steps: strength is (last / first − 1) / (mean |step| · 2). */
  private final MomentumAlpha alpha = new MomentumAlpha("m", 4, 0.9, 0.4);

  @Test
  void isSilentUntilItHasItsLookBack() {
    assertThat(signal(mids("100", "101", "102", "103"), 0)).isNull();
    assertThat(alpha.lookBack()).isEqualTo(5);
  }

  @Test
  void followsAMoveThatIsLargeForItsPath() {
    // four steps one way: about 4 / (1 · 2) = 2
    assertThat(signal(mids("100", "101", "102", "103", "104"), 0)).isEqualTo(1);
    assertThat(signal(mids("104", "103", "102", "101", "100"), 1)).isEqualTo(-1);
  }

  @Test
  void wishesNothingWhenThePathLeadsNowhere() {
    assertThat(signal(mids("100", "101", "100", "101", "100"), 1)).isZero();
  }

  @Test
  void keepsAWishBetweenItsThresholds() {
    // steps +1 +1 −1 +0.4 of 100: 1.4 / (3.4 / 4 · 2) = 0.82: above exit, below enter
    MidSeries between = mids("100", "101", "102", "101", "101.4");
    assertThat(signal(between, 1)).isEqualTo(1);
    assertThat(signal(between, 0)).isZero();
    assertThat(signal(between, -1)).isZero();
  }

  @Test
  void givesAWishUpBelowTheExit() {
    // +1 +1 −1 −0.5: 0.5 / (3.5 / 4 · 2) = 0.29
    assertThat(signal(mids("100", "101", "102", "101", "100.5"), 1)).isZero();
  }

  @Test
  void looksAtItsLookBackOnly() {
    assertThat(signal(mids("200", "100", "101", "102", "103", "104"), 0)).isEqualTo(1);
  }

  @Test
  void aMarketThatStandsStillIsNoSignal() {
    assertThat(signal(mids("100", "100", "100", "100", "100"), 0)).isZero();
    assertThat(signal(mids("100", "100", "100", "100", "100.0001"), 0)).isZero();
  }

  @Test
  void needsAnExitBelowItsEntry() {
    assertThatThrownBy(() -> new MomentumAlpha("m", 4, 0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MidSeries mids(String... values) {
    MidSeries series = new MidSeries(values.length, Duration.ofSeconds(1));
    for (int i = 0; i < values.length; i++) {
      series.sample(TestVenue.NOON.plusSeconds(i), new BigDecimal(values[i]));
    }
    return series;
  }

  private @Nullable Double signal(MidSeries mids, double previous) {
    return alpha.signal(new AlphaMoment(mids, (feature, venue, points) -> null, null, previous));
  }
}
