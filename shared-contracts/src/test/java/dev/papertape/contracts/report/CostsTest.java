package dev.papertape.contracts.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.execution.Side;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The vectors of metrics.md. */
class CostsTest {
  /** Ten fills of 500 at 10 and 11 in turn: Σ q·p = 5 · 500 · 21 = 52,500; ten fees of 10. */
  @Test
  void shortfallOfAnOrderFilledWhole() {
    ImplementationShortfall cost = shortfall("5000", "52500", "100", "10");
    assertThat(cost.total()).isEqualByComparingTo("2600");
    assertThat(cost.opportunity()).isEqualByComparingTo("0");
  }

  /** Without the second (11) and the third (10): 52,500 − 500 · 21 = 42,000; eight fees. */
  @Test
  void shortfallOfAnOrderFilledInPart() {
    ImplementationShortfall cost = shortfall("4000", "42000", "80", "10");
    assertThat(cost.delay()).isEqualByComparingTo("0");
    assertThat(cost.trading()).isEqualByComparingTo("2000");
    assertThat(cost.opportunity()).isEqualByComparingTo("1000");
    assertThat(cost.fees()).isEqualByComparingTo("80");
    assertThat(cost.total()).isEqualByComparingTo("3080");
  }

  @Test
  void theTotalIsTheSameHoweverItIsSplit() {
    ImplementationShortfall cost = shortfall("4000", "42000", "80", "10.25");
    assertThat(cost.delay()).isEqualByComparingTo("1000");
    assertThat(cost.trading()).isEqualByComparingTo("1000");
    assertThat(cost.opportunity()).isEqualByComparingTo("1000");
    assertThat(cost.total()).isEqualByComparingTo("3080");
  }

  /** Sold at 9 what was 10 at the decision costs what buying at 11 does. */
  @Test
  void aSaleIsTheMirror() {
    ImplementationShortfall cost =
        ImplementationShortfall.of(
            Side.SELL,
            number("100"),
            number("100"),
            number("900"),
            number("1"),
            number("10"),
            number("10"),
            number("9"));
    assertThat(cost.total()).isEqualByComparingTo("101");
  }

  private static ImplementationShortfall shortfall(
      String filled, String paid, String fees, String arrival) {
    return ImplementationShortfall.of(
        Side.BUY,
        number("5000"),
        number(filled),
        number(paid),
        number(fees),
        number("10"),
        number(arrival),
        number("11"));
  }

  @Test
  void volumeShareSlippage() {
    assertThat(VolumeShareSlippage.of(number("1"), number("100"), number("100")))
        .isEqualByComparingTo("0.001");
    // 50 of 100 count as 2.5 of 100: 0.025² · 0.1 · 100.
    assertThat(VolumeShareSlippage.of(number("50"), number("100"), number("100")))
        .isEqualByComparingTo("0.00625");
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }
}
