package dev.papertape.command.regime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.contracts.regime.VolatilityState;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VolatilityModelTest {

  /**
   * Variances 1, 4 and 16, returns 0 and then 4. Densities without 1/√2π are e^(−x²/2v)/√v.
   *
   * <pre>
   * x = 0: 1, 1/2, 1/4; initial 1/2, 1/4, 1/4 → 1/2, 1/8, 1/16 = 8 : 2 : 1 → 8/11, 2/11, 1/11
   * predicted with 0.8 to stay and 0.1 to each other:
   *   calm      (8 · 0.8 + 2 · 0.1 + 1 · 0.1) / 11 = 6.7 / 11
   *   normal    (8 · 0.1 + 2 · 0.8 + 1 · 0.1) / 11 = 2.5 / 11
   *   turbulent (8 · 0.1 + 2 · 0.1 + 1 · 0.8) / 11 = 1.8 / 11
   * x = 4: e^−8 = 0.000335462628, e^−2 / 2 = 0.067667641618, e^−½ / 4 = 0.151632664928
   *   products · 11: 0.002247599606, 0.169169104046, 0.272938796871; sum 0.444355500522
   * </pre>
   */
  @Test
  void the_forward_filter_gives_what_two_steps_by_hand_give() {
    VolatilityModel model =
        new VolatilityModel(
            new double[] {1, 4, 16},
            new double[][] {{0.8, 0.1, 0.1}, {0.1, 0.8, 0.1}, {0.1, 0.1, 0.8}},
            new double[] {0.5, 0.25, 0.25});

    VolatilityState first = model.next(null, 0);
    assertThat(first.calm()).isCloseTo(8.0 / 11, within(1e-12));
    assertThat(first.normal()).isCloseTo(2.0 / 11, within(1e-12));
    assertThat(first.turbulent()).isCloseTo(1.0 / 11, within(1e-12));

    VolatilityState second = model.next(first, 4);
    assertThat(second.calm()).isCloseTo(0.002247599606 / 0.444355500522, within(1e-10));
    assertThat(second.normal()).isCloseTo(0.169169104046 / 0.444355500522, within(1e-10));
    assertThat(second.turbulent()).isCloseTo(0.272938796871 / 0.444355500522, within(1e-10));
  }

  @Test
  void states_come_in_order_of_variance_however_they_are_given() {
    VolatilityModel mixed =
        new VolatilityModel(
            new double[] {16, 1, 4},
            new double[][] {{0.7, 0.1, 0.2}, {0.05, 0.9, 0.05}, {0.3, 0.1, 0.6}},
            new double[] {0.2, 0.5, 0.3});

    assertThat(new double[] {mixed.variance(0), mixed.variance(1), mixed.variance(2)})
        .containsExactly(1, 4, 16);
    assertThat(mixed.initial(0)).isEqualTo(0.5);
    assertThat(mixed.transition(0, 0)).isEqualTo(0.9);
    assertThat(mixed.transition(2, 1)).isEqualTo(0.2);
    assertThat(mixed.transition(1, 2)).isEqualTo(0.3);
  }

  @Property(tries = 200)
  void probabilities_add_up_to_1_whatever_the_returns(
      @ForAll @IntRange(min = -15, max = 300) int first,
      @ForAll @IntRange(min = -300, max = 15) int second) {
    VolatilityModel model =
        new VolatilityModel(
            new double[] {1e-10, 1e-8, 1e-6},
            new double[][] {{1, 0, 0}, {0.1, 0.8, 0.1}, {0, 0.1, 0.9}},
            new double[] {1, 0, 0});
    VolatilityState state =
        model.next(model.next(model.next(null, size(second)), -size(first)), size(second));
    assertThat(state.calm() + state.normal() + state.turbulent()).isCloseTo(1, within(1e-12));
  }

  @Property(tries = 60)
  void no_step_of_the_fit_makes_the_returns_less_likely(@ForAll long seed) {
    double[] returns = returns(seed, 300);
    BaumWelch fit = requireNonNull(BaumWelch.over(returns));
    double before = fit.step();
    for (int n = 0; n < 12; n++) {
      double now = fit.step();
      assertThat(now).isGreaterThanOrEqualTo(before - 1e-9 * Math.abs(before));
      before = now;
      VolatilityModel model = fit.model();
      assertThat(model.variance(0)).isPositive().isLessThanOrEqualTo(model.variance(1));
      assertThat(model.variance(1)).isLessThanOrEqualTo(model.variance(2));
    }
  }

  /** A day of three known states in turn: their deviations are found to a tenth. */
  @Test
  void the_fit_finds_states_that_are_far_apart() {
    SplittableRandom random = new SplittableRandom(7);
    double[] deviations = {2e-4, 1e-3, 5e-3};
    double[] returns = new double[1_500];
    for (int t = 0; t < returns.length; t++) {
      returns[t] = deviations[t / 50 % 3] * gaussian(random);
    }
    VolatilityModel model = requireNonNull(BaumWelch.over(returns)).fit(40, 0.01);
    for (int i = 0; i < 3; i++) {
      assertThat(Math.sqrt(model.variance(i)) / deviations[i]).isCloseTo(1, within(0.1));
      assertThat(model.transition(i, i)).isCloseTo(0.98, within(0.02));
    }
  }

  @Test
  void the_same_returns_give_the_same_model_and_none_give_none() {
    String once = requireNonNull(BaumWelch.over(returns(3, 200))).fit(15, 0.01).fingerprint();
    String twice = requireNonNull(BaumWelch.over(returns(3, 200))).fit(15, 0.01).fingerprint();
    assertThat(once).isEqualTo(twice).hasSize(8);
    assertThat(BaumWelch.over(new double[100])).isNull();
  }

  /** Sizes of which no square overflows. */
  private static double size(int exponent) {
    return Math.pow(10, exponent / 2.0);
  }

  /** Heavy tails, runs of zeros and changing volatility, as minutes of a quiet market have. */
  static double[] returns(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] returns = new double[size];
    double deviation = 1e-3;
    for (int t = 0; t < size; t++) {
      if (random.nextInt(20) == 0) {
        deviation = 1e-4 * Math.exp(4 * random.nextDouble());
      }
      returns[t] = random.nextInt(5) == 0 ? 0 : deviation * gaussian(random);
    }
    return returns;
  }

  /** Sum of twelve uniforms: the JDK leaves its Gaussian open to change. */
  static double gaussian(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }
}
