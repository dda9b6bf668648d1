package dev.papertape.contracts.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DeflatedSharpeTest {
  /** The vector of metrics.md, which gives six digits. */
  @Test
  void exampleOfThePaper() {
    double sharpe = 2.5 / Math.sqrt(250);
    double variance = 0.5 / 250;
    assertThat(DeflatedSharpe.expectedMaximum(100, variance)).isCloseTo(0.113172, within(5e-7));
    assertThat(DeflatedSharpe.of(sharpe, 1250, -3, 10, 100, variance))
        .isCloseTo(0.900397, within(5e-7));
  }

  @Test
  void oneTrialIsNotDeflated() {
    assertThat(DeflatedSharpe.expectedMaximum(1, 0.5)).isZero();
    assertThat(DeflatedSharpe.of(0, 100, 0, 3, 1, 0.5)).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void moreTrialsNeedMore() {
    double few = DeflatedSharpe.of(0.1, 1000, 0, 3, 10, 0.002);
    double many = DeflatedSharpe.of(0.1, 1000, 0, 3, 1000, 0.002);
    assertThat(many).isLessThan(few);
  }

  @Test
  void ofReturnsIsOfTheirMoments() {
    Random random = new Random(6);
    double[] returns = random.doubles(500, -0.01, 0.012).toArray();
    ReturnMoments moments = ReturnMoments.of(returns);
    assertThat(DeflatedSharpe.of(Returns.of(returns), 20, 0.001))
        .isEqualTo(DeflatedSharpe.of(moments, 20, 0.001))
        .isBetween(0.0, 1.0);
    assertThat(moments.sharpe()).isCloseTo(Returns.of(returns).sharpe(1), within(1e-9));
  }

  @Test
  void tooFewOrFlatReturnsAreNull() {
    assertThat(DeflatedSharpe.of(Returns.of(0.01), 5, 0.1)).isNull();
    assertThat(DeflatedSharpe.of(Returns.of(0.01, 0.01, 0.01), 5, 0.1)).isNull();
    assertThat(DeflatedSharpe.of(ReturnMoments.NONE, 5, 0.1)).isNull();
  }

  @Test
  void normalDistribution() {
    assertThat(DeflatedSharpe.normal(1.959963984540054)).isCloseTo(0.975, within(1e-12));
    assertThat(DeflatedSharpe.inverseNormal(0.975)).isCloseTo(1.959963984540054, within(1e-9));
  }
}
