package dev.papertape.command.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.promotion.Gate;
import dev.papertape.contracts.promotion.GateInputs;
import dev.papertape.contracts.promotion.GateValue;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateMeasuresTest {

  /**
   * Returns −0.5, −0.5, −0.5, 3.5 (in any unit): mean 0.5, deviations −1, −1, −1, 3. Σ² = 12, Σ³ =
   * 24, Σ⁴ = 84. SR = 0.5 / √(12/3) = 0.25; skew = (24/4) / (12/4)^1.5 = 6/5.196152 = 1.154701;
   * kurt = (84/4) / 9 = 2.333333. √(1 − 1.154701·0.25 + 1.333333/4·0.0625) = √0.732158 = 0.855662.
   * z = 0.25·√3/0.855662 = 0.506055; Φ(z) = 0.691462 + 0.352065·0.006055 = 0.69359.
   */
  @Test
  void deflatedSharpeOfOneTrialByHand() {
    GateValue value = of(Gate.DEFLATED_SHARPE, inputs(record(4, 0.5, 12, 24, 84), 1, null));
    assertThat(value.value()).isEqualTo(0.69359, within(1e-5));
    assertThat(value.samples()).isEqualTo(4);
  }

  /** The vector of the metrics' reference: V = 0.5/250 = 0.0012 beyond noise + 1/1250. */
  @Test
  void deflatedSharpeOfAHundredTrialsAsPublished() {
    double variance = 1_249.0 / 1_250;
    AlphaRecord record =
        record(
            1_250,
            2.5 / Math.sqrt(250),
            1_249,
            -3 * 1_250 * variance * Math.sqrt(variance),
            10 * 1_250 * variance * variance);
    assertThat(of(Gate.DEFLATED_SHARPE, inputs(record, 100, 0.0012)).value())
        .isEqualTo(0.900397, within(5e-7));
  }

  @Test
  void whatCannotBeKnownIsUnknown() {
    AlphaRecord empty = record(0, 0, 0, 0, 0);
    assertThat(of(Gate.DEFLATED_SHARPE, inputs(null, 1, null))).isEqualTo(GateValue.UNKNOWN);
    assertThat(of(Gate.DEFLATED_SHARPE, inputs(empty, 1, null)).value()).isNull();
    assertThat(of(Gate.DEFLATED_SHARPE, inputs(record(9, 1, 9, 0, 9), 20, null)))
        .as("many trials whose variance nobody knows")
        .isEqualTo(GateValue.UNKNOWN);
    assertThat(of(Gate.DEFLATED_SHARPE, inputs(record(9, 1, 0, 0, 0), 1, null)).value())
        .as("returns without deviation")
        .isNull();
    assertThat(of(Gate.TURNOVER, inputs(empty, 1, null))).isEqualTo(GateValue.UNKNOWN);
    assertThat(of(Gate.MAX_DRAWDOWN, inputs(empty, 1, null))).isEqualTo(GateValue.UNKNOWN);
    GateInputs nothing =
        new GateInputs(1, Alphas.START, null, 1, null, null, null, 0, null, 8, List.of());
    for (Gate gate : Gate.values()) {
      if (gate != Gate.GUARDS_TRIPPED) {
        assertThat(of(gate, nothing)).as(gate.name()).isEqualTo(GateValue.UNKNOWN);
      }
    }
  }

  @Test
  void daysAreTheLesserOfStageAndRecord() {
    GateMeasures shadow =
        new GateMeasures(AlphaStage.SHADOW, Alphas.inputs(2_880, Alphas.good(1_440)), Alphas.START);
    assertThat(shadow.of(Gate.MIN_DAYS)).isEqualTo(new GateValue(1.0, 1_440));
    GateMeasures fresh =
        new GateMeasures(
            AlphaStage.SHADOW, Alphas.inputs(2_880, Alphas.good(2_880)), Alphas.at(2_160));
    assertThat(fresh.of(Gate.MIN_DAYS).value()).as("in the stage for half a day").isEqualTo(0.5);
    GateMeasures incubating =
        new GateMeasures(AlphaStage.INCUBATING, Alphas.inputs(720, null), Alphas.START);
    assertThat(incubating.of(Gate.MIN_DAYS).value()).as("needs no record").isEqualTo(0.5);
  }

  /** 500,000 traded over 1,000,000 within 720 minutes of returns: 0.5 in half a day. */
  @Test
  void otherGates() {
    GateInputs inputs =
        new GateInputs(
            1,
            Alphas.at(720),
            Alphas.good(720),
            1,
            null,
            90L,
            2L,
            1_000,
            995L,
            8,
            List.of("MAX_DRAWDOWN ACCOUNT"));
    assertThat(of(Gate.TURNOVER, inputs)).isEqualTo(new GateValue(1.0, 720));
    assertThat(of(Gate.PARITY, inputs)).isEqualTo(new GateValue(2.0, 92));
    assertThat(of(Gate.QUALITY_VERIFIED, inputs)).isEqualTo(new GateValue(99.5, 1_000));
    assertThat(of(Gate.SLIPPAGE_VS_MODEL, inputs)).isEqualTo(new GateValue(0.5, 20));
    assertThat(of(Gate.GUARDS_TRIPPED, inputs)).isEqualTo(new GateValue(1.0, 8));
    assertThat(of(Gate.MAX_DRAWDOWN, inputs)).isEqualTo(new GateValue(-0.01, 720));
    assertThat(of(Gate.MIN_TRADES, inputs)).isEqualTo(new GateValue(20.0, 20));
  }

  private static GateValue of(Gate gate, GateInputs inputs) {
    return new GateMeasures(AlphaStage.CANARY, inputs, Alphas.START).of(gate);
  }

  private static GateInputs inputs(
      @Nullable AlphaRecord record, long trials, @Nullable Double variance) {
    return new GateInputs(
        1, Alphas.at(5_000), record, trials, variance, 1L, 0L, 1, 1L, 8, List.of());
  }

  private static AlphaRecord record(
      long returns, double mean, double squares, double cubes, double fourths) {
    return new AlphaRecord(
        true,
        BigDecimal.ONE,
        0,
        BigDecimal.TEN,
        returns,
        mean,
        squares,
        cubes,
        fourths,
        0,
        null,
        null,
        Alphas.START,
        Alphas.START);
  }
}
