package dev.papertape.command.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.alpha.Combination.Voice;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.report.ReturnMoments;
import dev.papertape.contracts.sizing.CoalitionTarget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CombinationTest {
  private static final BigDecimal UNIT = new BigDecimal("40000");
  private static final BigDecimal CAP = new BigDecimal("20000");
  private static final BigDecimal MID = new BigDecimal("100");

  /**
   * a: 0.5 · 1 = 0.5, b: 0.3 · −0.5 = −0.15, together 0.35. 40,000 · 0.35 = 14,000 is below the cap
   * of 20,000, so k = 40,000/100 = 400: a holds 200, b −60, together 140. Without b, 0.5 wants
   * 20,000, which is the cap: 200. Without a, −60.
   */
  @Test
  void belowTheCapEachHoldsItsOwnPart() {
    Combination combined =
        Combination.of(List.of(new Voice("b", -0.5, 0.3), new Voice("a", 1, 0.5)), UNIT, CAP, MID);
    assertThat(combined.combined()).isEqualByComparingTo("0.35");
    assertThat(combined.factor()).isEqualByComparingTo("400");
    assertThat(combined.target()).isEqualByComparingTo("140");
    assertThat(combined.signals())
        .containsExactly(
            new AlphaSignal("a", 1, 0.5, new BigDecimal("200"), new BigDecimal("-60")),
            new AlphaSignal("b", -0.5, 0.3, new BigDecimal("-60"), new BigDecimal("200")));
  }

  /** 0.8 wants 32,000, the cap leaves 20,000: k = 20,000/(0.8 · 100) = 250. */
  @Test
  void theCapIsSharedByAll() {
    Combination combined =
        Combination.of(List.of(new Voice("a", 1, 0.5), new Voice("b", 1, 0.3)), UNIT, CAP, MID);
    assertThat(combined.factor()).isEqualByComparingTo("250");
    assertThat(combined.signals())
        .extracting(AlphaSignal::target)
        .containsExactly(new BigDecimal("125"), new BigDecimal("75"));
    assertThat(combined.target()).isEqualByComparingTo("200");
  }

  /** As with almost opposite minds: a holds 400 · 0.5 against b, and the account nothing. */
  @Test
  void oppositeMindsHoldAgainstEachOther() {
    Combination combined =
        Combination.of(List.of(new Voice("a", 1, 0.5), new Voice("b", -1, 0.5)), UNIT, CAP, MID);
    assertThat(combined.target()).isEqualByComparingTo("0");
    assertThat(combined.signals())
        .extracting(AlphaSignal::target)
        .containsExactly(new BigDecimal("200"), new BigDecimal("-200"));
  }

  @Test
  void withoutVolatilityNothingIsHeld() {
    Combination combined =
        Combination.of(List.of(new Voice("a", 1, 1)), BigDecimal.ZERO, BigDecimal.ZERO, MID);
    assertThat(combined.target()).isEqualByComparingTo("0");
    assertThat(combined.signals().getFirst().target()).isEqualByComparingTo("0");
  }

  @Property(tries = 300)
  void targetsAddUpWhateverTheOrderAndASilentAlphaIsNotMissed(@ForAll long seed) {
    Random random = new Random(seed);
    List<Voice> voices = new ArrayList<>();
    for (int n = 0; n < 1 + random.nextInt(8); n++) {
      voices.add(new Voice("alpha-" + n, random.nextDouble(-1, 1), random.nextDouble(0.3)));
    }
    voices.add(new Voice("silent", 0, 0.2));
    voices.add(new Voice("watched", random.nextDouble(-1, 1), 0));
    BigDecimal mid = BigDecimal.valueOf(1 + random.nextInt(10_000_000), 2);
    Combination combined = Combination.of(voices, UNIT, CAP, mid);

    BigDecimal sum = BigDecimal.ZERO;
    for (AlphaSignal signal : combined.signals()) {
      sum = sum.add(signal.target());
    }
    assertThat(sum).isEqualByComparingTo(combined.target());
    assertThat(combined.target().multiply(mid).abs()).isLessThanOrEqualTo(CAP);
    for (AlphaSignal signal : combined.signals()) {
      if (signal.value() == 0 || signal.weight() == 0) {
        assertThat(signal.targetWithout()).isEqualByComparingTo(combined.target());
        assertThat(signal.target()).isEqualByComparingTo("0");
      }
      assertThat(signal.targetWithout())
          .as("reports come to the same")
          .isEqualByComparingTo(
              CoalitionTarget.of(
                  combined.signals(), id -> !id.equals(signal.alphaId()), UNIT, CAP, mid));
    }
    Collections.shuffle(voices, random);
    assertThat(Combination.of(voices, UNIT, CAP, mid)).isEqualTo(combined);
  }

  @Test
  void weightsAboveOneAreSharedOutAndOthersStay() {
    assertThat(AlphaWeights.of(Map.of("a", 1.0, "b", 1.0)))
        .containsEntry("a", 0.5)
        .containsEntry("b", 0.5);
    assertThat(AlphaWeights.of(Map.of("a", 0.25, "b", 0.0)))
        .containsEntry("a", 0.25)
        .containsEntry("b", 0.0);
  }

  @Test
  void aRecordCountsFromThirtyReturnsOnAndNeverSilencesForGood() {
    ReturnMoments losing = ReturnMoments.NONE;
    for (int n = 0; n < 29; n++) {
      losing = losing.plus(n % 2 == 0 ? -0.002 : 0.001);
    }
    assertThat(AlphaWeights.factor(losing, 1, 0)).isEqualTo(1);
    // Mean about −5 bps with a deviation of 15: after 30 returns probably no luck.
    assertThat(AlphaWeights.factor(losing.plus(-0.002), 1, 0)).isEqualTo(0.1);
    assertThat(AlphaWeights.factor(null, 1, 0)).isEqualTo(1);
  }
}
