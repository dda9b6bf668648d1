package dev.papertape.benchmarks.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of what was measured; of an even number the lower middle. */
final class Median {
  private Median() {}

  static <T> double of(Collection<T> measured, ToDoubleFunction<T> figure) {
    List<Double> sorted = measured.stream().mapToDouble(figure).sorted().boxed().toList();
    return sorted.get((sorted.size() - 1) / 2);
  }
}
