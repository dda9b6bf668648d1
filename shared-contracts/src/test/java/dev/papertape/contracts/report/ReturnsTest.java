package dev.papertape.contracts.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The tables of metrics.md (empyrical's facts, 252 periods a year), and what holds for all. */
class ReturnsTest {
  private static final double DAYS = 252;
  private static final Offset<Double> EXACT = within(1e-9);
  private static final Returns MIXED =
      Returns.of(Arrays.asList(null, 0.01, 0.10, -0.04, 0.02, 0.03, 0.02, 0.01, -0.10));
  private static final Returns NEGATIVE =
      Returns.of(0, -0.06, -0.07, -0.01, -0.09, -0.02, -0.06, -0.08, -0.05);
  private static final Returns POSITIVE =
      Returns.of(0.01, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01);

  @Test
  void sharpe() {
    assertThat(MIXED.sharpe(DAYS)).isCloseTo(1.7238613961706866, EXACT);
    assertThat(NEGATIVE.sharpe(DAYS)).isCloseTo(-24.406808633910085, EXACT);
    assertThat(POSITIVE.sharpe(DAYS)).isCloseTo(52.915026221291804, EXACT);
  }

  @Test
  void volatility() {
    assertThat(MIXED.volatility(DAYS)).isCloseTo(0.9136465399704637, EXACT);
    assertThat(NEGATIVE.volatility(DAYS)).isCloseTo(0.5047771785649584, EXACT);
  }

  @Test
  void downside() {
    assertThat(MIXED.sortino(DAYS, 0)).isCloseTo(2.605531251673693, EXACT);
    assertThat(MIXED.downsideRisk(DAYS, 0)).isCloseTo(0.6044832503882965, EXACT);
  }

  @Test
  void maxDrawdownCountsTheStart() {
    assertThat(MIXED.maxDrawdown()).isCloseTo(-0.1, EXACT);
    assertThat(NEGATIVE.maxDrawdown()).isCloseTo(-0.365907303498736, EXACT);
    assertThat(POSITIVE.maxDrawdown()).isZero();
    assertThat(Returns.of(0.1, -0.1, 0.1).maxDrawdown()).isCloseTo(-0.1, EXACT);
  }

  @Test
  void conditionalValueAtRisk() {
    assertThat(MIXED.conditionalValueAtRisk(0.05)).isCloseTo(-0.10, EXACT);
    assertThat(MIXED.conditionalValueAtRisk(0.20)).isCloseTo(-0.07, EXACT);
    assertThat(MIXED.conditionalValueAtRisk(0.50)).isCloseTo(-0.03, EXACT);
    assertThat(NEGATIVE.conditionalValueAtRisk(0.05)).isCloseTo(-0.09, EXACT);
    assertThat(NEGATIVE.conditionalValueAtRisk(0.20)).isCloseTo(-0.085, EXACT);
    assertThat(NEGATIVE.conditionalValueAtRisk(0.50)).isCloseTo(-0.072, EXACT);
  }

  @Test
  void valueAtRiskInterpolates() {
    Returns six = Returns.of(1, 81, 82, 83, 84, 85);
    assertThat(six.valueAtRisk(0.1)).isCloseTo(41, EXACT);
    assertThat(six.valueAtRisk(0.2)).isCloseTo(81, EXACT);
    assertThat(six.valueAtRisk(0.3)).isCloseTo(81.5, EXACT);
    assertThat(Returns.of(1, 2).valueAtRisk(0.3)).isCloseTo(1.3, EXACT);
    assertThat(Returns.of(1, 2).valueAtRisk(0)).isEqualTo(1);
    assertThat(Returns.of(1, 2).valueAtRisk(1)).isEqualTo(2);
  }

  @Test
  void tooFewSamplesAreNullAndNeverNotANumber() {
    Returns none = Returns.of(Double.NaN);
    Returns one = Returns.of(0.01);
    Returns flat = Returns.of(0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01);
    assertThat(none.samples()).isZero();
    assertThat(
            Arrays.asList(
                none.mean(),
                none.volatility(DAYS),
                none.sharpe(DAYS),
                none.sortino(DAYS, 0),
                none.downsideRisk(DAYS, 0),
                none.cumulative(),
                none.maxDrawdown(),
                none.valueAtRisk(0.05),
                none.conditionalValueAtRisk(0.05),
                one.volatility(DAYS),
                one.sharpe(DAYS),
                flat.sharpe(DAYS),
                POSITIVE.sortino(DAYS, 0)))
        .containsOnlyNulls();
    assertThat(flat.volatility(DAYS)).isZero();
    assertThat(one.maxDrawdown()).isZero();
    assertThat(one.conditionalValueAtRisk(0)).isEqualTo(0.01);
  }

  @Test
  void ofEquityLeavesOutWhatIsUnknown() {
    Returns returns = Returns.ofEquity(Arrays.asList(null, 100.0, 110.0, null, 99.0, 99.0));
    assertThat(returns.toArray()).hasSize(2);
    assertThat(returns.toArray()[0]).isCloseTo(0.1, EXACT);
    assertThat(returns.toArray()[1]).isZero();
  }

  @Property(tries = 200)
  void tailIsNeverAboveItsPercentile(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -0.5, max = 0.5) Double> values,
      @ForAll @DoubleRange(min = 0, max = 1) double level) {
    Returns returns = Returns.of(values);
    assertThat(returns.conditionalValueAtRisk(level))
        .isLessThanOrEqualTo(returns.valueAtRisk(level) + 1e-12);
    assertThat(returns.maxDrawdown()).isBetween(-1.0, 0.0);
  }

  @Property(tries = 200)
  void momentsOfPartsAreMomentsOfTheWhole(
      @ForAll @Size(max = 40) List<@DoubleRange(min = -0.5, max = 0.5) Double> first,
      @ForAll @Size(max = 40) List<@DoubleRange(min = -0.5, max = 0.5) Double> second) {
    Returns one = Returns.of(first);
    Returns other = Returns.of(second);
    double[] all = Arrays.copyOf(one.toArray(), one.samples() + other.samples());
    System.arraycopy(other.toArray(), 0, all, one.samples(), other.samples());
    double mean = Arrays.stream(all).average().orElse(0);
    ReturnMoments merged = ReturnMoments.of(one.toArray()).plus(ReturnMoments.of(other.toArray()));
    assertThat(merged.samples()).isEqualTo(all.length);
    assertThat(merged.mean()).isCloseTo(mean, EXACT);
    assertThat(merged.squares()).isCloseTo(central(all, mean, 2), EXACT);
    assertThat(merged.cubes()).isCloseTo(central(all, mean, 3), EXACT);
    assertThat(merged.fourths()).isCloseTo(central(all, mean, 4), EXACT);
  }

  private static double central(double[] values, double mean, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v - mean, power)).sum();
  }
}
