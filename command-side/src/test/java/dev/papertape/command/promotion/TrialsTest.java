package dev.papertape.command.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {

  /**
   * Ratios 0.1, 0.2, 0.3 over 400 seconds each: mean 0.2, Σ² = 0.02, variance 0.01; noise 1/400 =
   * 0.0025; 60 · 0.0075 = 0.45.
   */
  @Test
  void varianceBeyondNoiseAMinuteByHand() {
    Trials trials =
        Trials.of(
            20,
            List.of(new Trials.Run(0.1, 400), new Trials.Run(0.2, 400), new Trials.Run(0.3, 400)));
    assertThat(trials.count()).isEqualTo(20);
    assertThat(trials.variance()).isEqualTo(0.45, within(1e-12));
  }

  @Test
  void trialsThatDifferByNoiseAloneDifferByNothing() {
    assertThat(Trials.of(5, List.of(new Trials.Run(0.1, 10), new Trials.Run(0.2, 10))).variance())
        .isZero();
  }

  @Test
  void oneRatioSaysNothingOfHowTheyDiffer() {
    assertThat(Trials.of(5, List.of(new Trials.Run(0.1, 10))).variance()).isNull();
    assertThat(Trials.of(0, List.of())).isEqualTo(Trials.ONE);
  }
}
