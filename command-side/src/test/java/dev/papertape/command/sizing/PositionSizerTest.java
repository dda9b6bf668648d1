package dev.papertape.command.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.sizing.PositionSizer.Sized;
import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionSizerTest {
  private static final BigDecimal PLENTY = new BigDecimal("10000000");
  private static final SizingPolicy POLICY =
      new SizingPolicy(
          new BigDecimal("50000"),
          new BigDecimal("2000"),
          Duration.ofSeconds(5),
          0.02,
          0.5,
          0.01,
          50);

  /** 2 % of 1,000,000 at a volatility of 50 %: 40,000. */
  @Test
  void atASignalOfOneTheTargetsVolatilityIsHeld() {
    Sized sized = size(0.5, ReturnMoments.NONE, PLENTY, PLENTY);
    assertThat(sized.unitNotional()).isEqualByComparingTo("40000");
    assertThat(sized.capNotional()).isEqualByComparingTo("50000");
    assertThat(sized.kelly()).isNull();
    assertThat(sized.binding(BigDecimal.ONE)).isEqualTo(CapReason.NONE);
  }

  /** At 25 % it would be 80,000. */
  @Test
  void theLeastCapIsNamedOnceItBinds() {
    Sized most = size(0.25, ReturnMoments.NONE, PLENTY, PLENTY);
    assertThat(most.binding(BigDecimal.ONE)).isEqualTo(CapReason.MAX_NOTIONAL);
    // 80,000 · 0.5 is below the cap of 50,000.
    assertThat(most.binding(new BigDecimal("-0.5"))).isEqualTo(CapReason.NONE);

    Sized thin = size(0.25, ReturnMoments.NONE, new BigDecimal("60000"), PLENTY);
    assertThat(thin.capNotional()).as("half of what is displayed").isEqualByComparingTo("30000");
    assertThat(thin.binding(BigDecimal.ONE)).isEqualTo(CapReason.PARTICIPATION);

    Sized full = size(0.25, ReturnMoments.NONE, PLENTY, new BigDecimal("1234.56"));
    assertThat(full.capNotional()).isEqualByComparingTo("1234.56");
    assertThat(full.binding(BigDecimal.ONE)).isEqualTo(CapReason.FREE_BALANCE);
    assertThat(size(0.25, ReturnMoments.NONE, PLENTY, new BigDecimal("-5")).capNotional())
        .isEqualByComparingTo("0");
  }

  /**
   * Thirty returns of mean 1 and variance 100 basis units: f = 0.0001/0.01 = 0.01; half is 0.005.
   */
  @Test
  void kellyCapsFromThirtyReturnsOnButNeverBelowItsFloor() {
    ReturnMoments small = new ReturnMoments(30, 0.0001, 0.29, 0, 0);
    Sized sized = size(0.25, small, PLENTY, PLENTY);
    assertThat(sized.kelly()).isCloseTo(0.01, within(1e-12));
    assertThat(sized.capNotional()).as("the floor of 1 %").isEqualByComparingTo("10000");
    assertThat(sized.binding(BigDecimal.ONE)).isEqualTo(CapReason.KELLY);

    ReturnMoments better = new ReturnMoments(30, 0.0008, 0.29, 0, 0);
    // f = 0.08, half of it 4 % of the equity.
    assertThat(size(0.25, better, PLENTY, PLENTY).capNotional()).isEqualByComparingTo("40000");
    assertThat(size(0.25, new ReturnMoments(29, 0.0001, 0.28, 0, 0), PLENTY, PLENTY).kelly())
        .isNull();
    assertThat(size(0.25, new ReturnMoments(30, -1, 0.29, 0, 0), PLENTY, PLENTY).capNotional())
        .isEqualByComparingTo("10000");
  }

  @Test
  void withoutVolatilityNothingIsHeld() {
    for (Double none : new Double[] {null, 0.0, Double.NaN, Double.POSITIVE_INFINITY}) {
      Sized sized = size(none, ReturnMoments.NONE, PLENTY, PLENTY);
      assertThat(sized.unitNotional()).isEqualByComparingTo("0");
      assertThat(sized.capNotional()).isEqualByComparingTo("0");
      assertThat(sized.binding(BigDecimal.ZERO)).isEqualTo(CapReason.NO_VOLATILITY);
    }
  }

  @Test
  void kellysFractionIsTheTextbooks() {
    // (1.5 · 0.55 − 0.45)/1.5 = 0.375/1.5
    assertThat(Kelly.discrete(0.55, 1.5)).isCloseTo(0.25, within(1e-12));
    assertThat(Kelly.continuous(0.08, 0.03, 0.04)).isCloseTo(1.25, within(1e-12));
    assertThat(Kelly.continuous(0.08, 0.03, 0)).isNull();
    assertThatThrownBy(() -> Kelly.discrete(1.5, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Every second one basis point up or down: 1e-4 · √31,536,000 = 0.56157. */
  @Test
  void volatilityIsOfOneSecondReturnsAndAYearOf365Days() {
    EwmaVolatility volatility = new EwmaVolatility(Duration.ofSeconds(1));
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    volatility.observe(new BigDecimal("10000"), at);
    assertThat(volatility.annualised()).isNull();
    for (int second = 1; second <= 60; second++) {
      volatility.observe(
          new BigDecimal(second % 2 == 0 ? "10000" : "10001"), at.plusSeconds(second));
    }
    assertThat(volatility.annualised()).isCloseTo(0.56157, within(1e-4));
  }

  @Test
  void aMarketThatStandsStillHasNone() {
    EwmaVolatility volatility = new EwmaVolatility(Duration.ofSeconds(1));
    for (int second = 0; second <= 60; second++) {
      volatility.observe(BigDecimal.TEN, Instant.EPOCH.plusSeconds(second));
    }
    assertThat(volatility.annualised()).isZero();
  }

  private static Sized size(
      @Nullable Double vol, ReturnMoments returns, BigDecimal displayed, BigDecimal exposureLeft) {
    return PositionSizer.size(
        new SizingInputs(new BigDecimal("1000000"), vol, returns, displayed, exposureLeft), POLICY);
  }
}
