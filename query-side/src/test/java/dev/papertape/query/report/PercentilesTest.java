package dev.papertape.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void interpolates_between_the_two_nearest_samples() {
    // rank 0.95 · 3 = 2.85: 30 + 0.85 · 10
    assertThat(of(40, 10, 30, 20).at(0.95)).isCloseTo(38.5, within(1e-12));
    assertThat(of(40, 10, 30, 20).at(0.5)).isEqualTo(25);
    assertThat(Percentiles.NONE.at(0.5)).isNull();
  }

  @Property(tries = 200)
  void neither_order_nor_grouping_nor_storage_changes_an_exact_answer(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -500, max = 500) Double> samples,
      @ForAll @IntRange(max = 60) int cut,
      @ForAll Random random) {
    Percentiles whole = Percentiles.NONE;
    for (double sample : samples) {
      whole = whole.plus(sample);
    }
    List<Double> shuffled = new java.util.ArrayList<>(samples);
    java.util.Collections.shuffle(shuffled, random);
    Percentiles first = Percentiles.NONE;
    Percentiles second = Percentiles.NONE;
    for (int i = 0; i < shuffled.size(); i++) {
      if (i < cut) {
        first = first.plus(shuffled.get(i));
      } else {
        second = second.plus(shuffled.get(i));
      }
    }
    Percentiles merged = Percentiles.parse(second.toString()).plus(first);
    assertThat(merged.samples()).isEqualTo(samples.size());
    assertThat(merged.at(0.95)).isEqualTo(whole.at(0.95));
    assertThat(merged.at(0.5)).isEqualTo(whole.at(0.5));
  }

  @Property(tries = 20)
  void beyond_a_thousand_samples_within_one_percent_of_the_sample_of_that_rank(
      @ForAll Random random, @ForAll @IntRange(min = 1_001, max = 4_000) int count) {
    double[] samples = new double[count];
    Percentiles left = Percentiles.NONE;
    Percentiles right = Percentiles.NONE;
    for (int i = 0; i < count; i++) {
      samples[i] = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(5) - 2);
      if (i % 3 == 0) {
        left = left.plus(samples[i]);
      } else {
        right = right.plus(samples[i]);
      }
    }
    Percentiles merged = Percentiles.parse(left.plus(right).toString());
    Arrays.sort(samples);
    assertThat(merged.samples()).isEqualTo(count);
    for (double level : new double[] {0.05, 0.5, 0.95, 0.99}) {
      double sample = samples[(int) Math.floor(level * (count - 1))];
      assertThat(merged.at(level))
          .isCloseTo(sample, within(Math.abs(sample) * Percentiles.ACCURACY + 1e-9));
    }
  }

  @Test
  void a_thousand_are_exact_and_one_more_is_a_sketch() {
    Percentiles exact = Percentiles.NONE;
    for (int i = 1; i <= 1_000; i++) {
      exact = exact.plus(i);
    }
    assertThat(exact.at(0.5)).isEqualTo(500.5);
    assertThat(exact.plus(1_001).at(0.5)).isCloseTo(501, within(501 * 0.01));
  }

  private static Percentiles of(double... samples) {
    Percentiles all = Percentiles.NONE;
    for (double sample : samples) {
      all = all.plus(sample);
    }
    return all;
  }
}
