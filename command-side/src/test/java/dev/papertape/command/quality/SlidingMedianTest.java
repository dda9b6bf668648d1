package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class SlidingMedianTest {

  @Property(tries = 300)
  void medianIsThatOfTheNewestValues(
      @ForAll @IntRange(min = 1, max = 9) int window,
      @ForAll @Size(min = 1, max = 60) List<@LongRange(min = -5, max = 5) Long> values) {
    SlidingMedian median = new SlidingMedian(window);
    ArrayDeque<Long> newest = new ArrayDeque<>();
    for (long value : values) {
      median.add(value);
      newest.addLast(value);
      if (newest.size() > window) {
        newest.removeFirst();
      }
      List<Long> sorted = newest.stream().sorted().toList();
      assertThat(median.size()).isEqualTo(sorted.size());
      assertThat(median.median()).isEqualTo(sorted.get((sorted.size() - 1) / 2));
    }
  }
}
