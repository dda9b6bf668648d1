package dev.papertape.contracts.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ShapleyTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /**
   * The gloves: players 0 and 1 have a left one, player 2 the right one, a pair is worth 1. Player
   * 2 brings the pair unless it comes first (2/3); player 0 only in the order 2, 0, 1 (1/6).
   */
  @Test
  void gloves() {
    double[] values = Shapley.exact(3, s -> (s & 4) != 0 && (s & 3) != 0 ? 1 : 0);
    assertThat(values[0]).isCloseTo(1.0 / 6, EXACT);
    assertThat(values[1]).isCloseTo(1.0 / 6, EXACT);
    assertThat(values[2]).isCloseTo(4.0 / 6, EXACT);
  }

  @Test
  void nobodyIsNothing() {
    assertThat(Shapley.exact(0, s -> 0)).isEmpty();
    assertThat(Shapley.exact(1, s -> 7 * s)).containsExactly(7);
  }

  @Property(tries = 60)
  void efficient(@ForAll @IntRange(min = 1, max = 12) int players, @ForAll long seed) {
    double[] worth = game(players, seed);
    assertThat(Arrays.stream(Shapley.exact(players, worth)).sum())
        .isCloseTo(worth[worth.length - 1] - worth[0], EXACT);
  }

  /** Swapping two players swaps their values and leaves the others'. */
  @Property(tries = 60)
  void symmetric(@ForAll @IntRange(min = 2, max = 8) int players, @ForAll long seed) {
    double[] worth = game(players, seed);
    double[] swapped = new double[worth.length];
    for (int s = 0; s < worth.length; s++) {
      int others = s & ~3;
      swapped[others | (s & 1) << 1 | (s & 2) >> 1] = worth[s];
    }
    double[] values = Shapley.exact(players, worth);
    double[] after = Shapley.exact(players, swapped);
    assertThat(after[0]).isCloseTo(values[1], EXACT);
    assertThat(after[1]).isCloseTo(values[0], EXACT);
    for (int i = 2; i < players; i++) {
      assertThat(after[i]).isCloseTo(values[i], EXACT);
    }
  }

  @Property(tries = 60)
  void whoChangesNothingGetsNothing(
      @ForAll @IntRange(min = 1, max = 8) int players, @ForAll long seed) {
    double[] worth = game(players, seed);
    double[] values = Shapley.exact(players, s -> worth[(int) s & ~1]);
    assertThat(values[0]).isCloseTo(0, EXACT);
  }

  @Test
  void theSampleIsWithinItsErrorAndAddsUp() {
    double[] worth = game(10, 42);
    double[] exact = Shapley.exact(10, worth);
    Shapley.Values sampled = Shapley.sampled(10, 4_000, 1, s -> worth[(int) s]);
    for (int i = 0; i < 10; i++) {
      // Five standard errors: one in 1.7 million for each player, and the seed is fixed.
      assertThat(sampled.values()[i]).isCloseTo(exact[i], within(5 * sampled.standardErrors()[i]));
      assertThat(sampled.standardErrors()[i]).isGreaterThan(0);
    }
    assertThat(Arrays.stream(sampled.values()).sum())
        .isCloseTo(worth[worth.length - 1] - worth[0], EXACT);
    assertThat(sampled.permutations()).isEqualTo(8_000);
    assertThat(Shapley.sampled(10, 4_000, 1, s -> worth[(int) s]).values())
        .isEqualTo(sampled.values());
  }

  private static double[] game(int players, long seed) {
    double[] worth = new Random(seed).doubles(1 << players, -1, 1).toArray();
    worth[0] = 0;
    return worth;
  }
}
