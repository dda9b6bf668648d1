package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.PriceLevels;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the levels of a depth message must be; tick 0.05, lot 0.001. */
abstract class LevelRulesContract {
  private static final LevelRules RULES =
      LevelRules.of(
          new InstrumentRules(
              new Symbol("BTC-USDT"),
              "BTCUSDT",
              new BigDecimal("0.05"),
              new BigDecimal("0.001"),
              BigDecimal.TEN));

  @Test
  void bidsDownOrUpAndAsksUpPass() {
    PriceLevels down = PriceLevels.of("100.10", "1", "100.05", "0", "99.95", "0.003");
    PriceLevels up = PriceLevels.of("99.95", "0.003", "100.05", "0", "100.10", "1");
    assertThat(judge(down)).isNull();
    assertThat(judge(up)).as("as Binance's futures send their bids").isNull();
    assertThat(judge(PriceLevels.NONE)).isNull();
  }

  @Test
  void priceBetweenTwoTicksResyncs() {
    assertThat(judge(PriceLevels.of("100.07", "1"))).satisfies(resyncs(QualityReason.OFF_TICK));
    assertThat(judge(PriceLevels.of("100.051", "1"))).satisfies(resyncs(QualityReason.OFF_TICK));
    assertThat(judge(PriceLevels.of("100", "1"))).isNull();
  }

  @Test
  void remainderOfALotIsOnlyFlagged() {
    Finding found = judge(PriceLevels.of("100.05", "0.0005"));
    assertThat(found).isNotNull();
    assertThat(found.outcome()).isEqualTo(Outcome.FLAG);
    assertThat(found.reason()).isEqualTo(QualityReason.OFF_LOT);
  }

  @Test
  void stepsThatWereOnlyInferredProveNothing() {
    assertThat(RULES.judge(PriceLevels.of("100.07", "0.0005"), PriceLevels.NONE, true, false))
        .isNull();
  }

  @Test
  void samePriceTwiceResyncs() {
    assertThat(judge(PriceLevels.of("100.05", "1", "100.05", "2")))
        .satisfies(resyncs(QualityReason.REPEATED_LEVEL));
    assertThat(judge(PriceLevels.of("100.10", "1", "100.100", "2")))
        .as("in other digits")
        .satisfies(resyncs(QualityReason.REPEATED_LEVEL));
  }

  @Test
  void pricesInNoOrderResyncUnlessAChecksumFollows() {
    PriceLevels mixed = PriceLevels.of("100.05", "1", "100.15", "1", "100.10", "1");
    assertThat(judge(mixed)).satisfies(resyncs(QualityReason.UNSORTED));
    assertThat(RULES.judge(mixed, PriceLevels.NONE, false, true)).isNull();
  }

  @Test
  void pricesAndQuantitiesBelowZeroResync() {
    assertThat(judge(PriceLevels.of("-100.05", "1")))
        .satisfies(resyncs(QualityReason.NON_POSITIVE_PRICE));
    assertThat(judge(PriceLevels.of("100.05", "-1")))
        .satisfies(resyncs(QualityReason.NEGATIVE_QUANTITY));
  }

  @Test
  void badAskIsFoundBehindABidThatIsOnlyOdd() {
    assertThat(
            RULES.judge(
                PriceLevels.of("100.05", "0.0005"), PriceLevels.of("100.07", "1"), true, true))
        .satisfies(resyncs(QualityReason.OFF_TICK));
  }

  private static Finding judge(PriceLevels side) {
    return RULES.judge(side, PriceLevels.NONE, true, true);
  }

  private static Consumer<Finding> resyncs(QualityReason reason) {
    return found -> {
      assertThat(found).isNotNull();
      assertThat(found.outcome()).isEqualTo(Outcome.RESYNC);
      assertThat(found.reason()).as(found.detail()).isEqualTo(reason);
    };
  }
}
