package dev.papertape.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class DrawsTest {

  @Test
  void isSplitMix64() {
    // first outputs of the reference implementation (Vigna, splitmix64.c) for seed 1234567
    var draws = new Draws(1234567);
    assertThat(Long.toUnsignedString(draws.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(draws.nextLong())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(draws.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void partsOfTheMarketDrawApart() {
    assertThat(Draws.of(1, "a").nextLong()).isNotEqualTo(Draws.of(1, "b").nextLong());
    assertThat(Draws.of(1, "a").nextLong()).isNotEqualTo(Draws.of(2, "a").nextLong());
    assertThat(Draws.of(1, "a").nextLong()).isEqualTo(Draws.of(1, "a").nextLong());
  }

  @Test
  void distributionsHaveTheirMeans() {
    var draws = new Draws(42);
    assertThat(mean(draws::nextGaussian)).isCloseTo(0, within(0.02));
    assertThat(mean(() -> Math.pow(draws.nextGaussian(), 2))).isCloseTo(1, within(0.03));
    assertThat(mean(draws::nextExponential)).isCloseTo(1, within(0.02));
    assertThat(mean(() -> draws.nextSize(0.8))).isCloseTo(1, within(0.03));
    assertThat(mean(() -> draws.nextCount(0.7))).isCloseTo(0.7, within(0.02));
  }

  private static double mean(DoubleSupplier draw) {
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += draw.getAsDouble();
    }
    return sum / 100_000;
  }
}
