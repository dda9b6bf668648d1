package dev.papertape.contracts.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LargestRemainderTest {
  /** Thirds of a dollar: 33 cents each, and the missing one to the first by name. */
  @Test
  void tiesGoByKey() {
    BigDecimal third = new BigDecimal("0.3333333333333333333333333333333333");
    assertThat(LargestRemainder.round(Map.of("c", third, "a", third, "b", third), 2))
        .isEqualTo(Map.of("a", cents(34), "b", cents(33), "c", cents(33)));
  }

  /** −0.503 and 0.006 sum up to −0.497, rounded −0.50: down to −0.51 and 0.00, one cent missing. */
  @Test
  void lossesToo() {
    assertThat(
            LargestRemainder.round(
                Map.of("loss", new BigDecimal("-0.503"), "gain", new BigDecimal("0.006")), 2))
        .isEqualTo(Map.of("loss", cents(-50), "gain", cents(0)));
  }

  @Property(tries = 300)
  void addsUpAndMovesNothingByACentOrMore(
      @ForAll @Size(min = 1, max = 12)
          List<@IntRange(min = -1_000_000, max = 1_000_000) Integer> m) {
    Map<Integer, BigDecimal> exact = new TreeMap<>();
    for (int i = 0; i < m.size(); i++) {
      exact.put(i, BigDecimal.valueOf(m.get(i), 5));
    }
    Map<Integer, BigDecimal> rounded = LargestRemainder.round(exact, 2);
    BigDecimal sum = exact.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(rounded.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(sum.setScale(2, RoundingMode.HALF_EVEN));
    exact.forEach(
        (key, value) -> assertThat(rounded.get(key).subtract(value).abs()).isLessThan(cents(1)));
  }

  private static BigDecimal cents(int cents) {
    return BigDecimal.valueOf(cents, 2);
  }
}
