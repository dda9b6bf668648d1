package dev.papertape.command.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.population.Exploration.Explored;
import dev.papertape.contracts.population.TrainedParameter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExplorationTest {
  private static final TrainedParameter REAL = new TrainedParameter("a", 0, 1, false, List.of());
  private static final TrainedParameter WHOLE = new TrainedParameter("b", 2, 60, true, List.of());
  private static final TrainedParameter CHOICE =
      new TrainedParameter("c", 1, 9, false, List.of(1.0, 3.0, 9.0));

  /** What it is told, in order: a draw below 0.25 redraws; then up or down, or the new value. */
  private static final class Told implements RandomGenerator {
    private final Deque<Object> told;

    Told(Object... told) {
      this.told = new ArrayDeque<>(List.of(told));
    }

    @Override
    public double nextDouble() {
      return (Double) told.removeFirst();
    }

    @Override
    public boolean nextBoolean() {
      return (Boolean) told.removeFirst();
    }

    @Override
    public int nextInt(int bound) {
      return (Integer) told.removeFirst();
    }

    @Override
    public long nextLong(long origin, long bound) {
      return (Long) told.removeFirst();
    }

    @Override
    public long nextLong() {
      throw new AssertionError("nobody said that");
    }
  }

  /** 0.75 · 1.2 = 0.9; 12 · 0.8 = 9.6, so 10; the choice after 3 is 9. */
  @Test
  void perturbedByAFifthRoundedOrToANeighbour() {
    Explored explored =
        all().from(params(0.75, 12, 3), new Told(0.25, true, 0.9, false, 0.5, true));
    assertThat(explored.perturbed()).isEqualTo(params(0.9, 10, 9));
    assertThat(explored.resampled()).isEqualTo(explored.perturbed());
  }

  /** 0.9 · 1.2 is beyond 1, 2 · 0.8 = 1.6 rounds to 2, nothing comes before 1. */
  @Test
  void heldWithinBounds() {
    Explored explored = all().from(params(0.9, 2, 1), new Told(0.3, true, 0.3, false, 0.3, false));
    assertThat(explored.resampled()).isEqualTo(params(1, 2, 1));
  }

  /** a and c drawn anew (0 + 0.5 · 1; the third choice), b up: 10 · 1.2 = 12. */
  @Test
  void whatIsDrawnAnewIsToldApartFromWhatIsPerturbed() {
    Explored explored = all().from(params(0.1, 10, 1), new Told(0.24, 0.5, 0.7, true, 0.0, 2));
    assertThat(explored.perturbed()).isEqualTo(params(0.1, 12, 1));
    assertThat(explored.resampled()).isEqualTo(params(0.5, 12, 9));
  }

  @Test
  void staysWhereItIsWhenTheAlphaTakesNothingElse() {
    SortedMap<String, Double> here = params(0.5, 10, 3);
    Exploration refused = new Exploration(List.of(REAL, WHOLE, CHOICE), 0.25, here::equals);
    Explored explored = refused.from(here, new Random(1));
    assertThat(explored.resampled()).isEqualTo(here);
    assertThat(explored.perturbed()).isEqualTo(here);
    assertThat(refused.anywhere(here, new Random(1))).isEqualTo(here);
  }

  @Test
  void drawsAgainUntilTheAlphaTakesIt() {
    Exploration picky =
        new Exploration(List.of(WHOLE), 1, params -> params.getOrDefault("b", 0.0) > 30);
    for (long seed = 0; seed < 20; seed++) {
      assertThat(picky.from(params(0.5, 40, 3), new Random(seed)).resampled().get("b"))
          .isGreaterThan(30);
    }
  }

  @Test
  void aParameterThatTheAlphaDidNotHaveIsDrawn() {
    SortedMap<String, Double> without = new TreeMap<>(Map.of("z", 7.0));
    SortedMap<String, Double> explored =
        new Exploration(List.of(WHOLE), 0, _ -> true).from(without, new Random(1)).resampled();
    assertThat(explored).containsEntry("z", 7.0);
    assertThat(WHOLE.allows(explored.get("b"))).isTrue();
  }

  @Property(tries = 300)
  void alwaysWithinTheSpaceAndTheSameForTheSameSeed(
      @ForAll @DoubleRange(max = 1) double a,
      @ForAll @DoubleRange(max = 1) double resampleProbability,
      @ForAll long seed) {
    Exploration exploration =
        new Exploration(List.of(REAL, WHOLE, CHOICE), resampleProbability, _ -> true);
    SortedMap<String, Double> here = params(a, 2 + Math.floorMod(seed, 59), 3);
    Explored explored = exploration.from(here, new Random(seed));
    assertThat(exploration.from(here, new Random(seed))).isEqualTo(explored);
    for (SortedMap<String, Double> params :
        List.of(explored.resampled(), exploration.anywhere(here, new Random(seed)))) {
      assertThat(params.keySet()).isEqualTo(here.keySet());
      assertThat(REAL.allows(params.get("a"))).as("%s", params).isTrue();
      assertThat(WHOLE.allows(params.get("b"))).as("%s", params).isTrue();
      assertThat(CHOICE.allows(params.get("c"))).as("%s", params).isTrue();
    }
  }

  private static Exploration all() {
    return new Exploration(List.of(REAL, WHOLE, CHOICE), 0.25, _ -> true);
  }

  private static SortedMap<String, Double> params(double a, double b, double c) {
    return new TreeMap<>(Map.of("a", a, "b", b, "c", c));
  }
}
