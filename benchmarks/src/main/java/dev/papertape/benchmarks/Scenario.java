package dev.papertape.benchmarks;

import java.util.stream.Stream;

/**
 * Measurements that belong together, taken in one run. Found by {@link java.util.ServiceLoader}:
 * name the class in {@code META-INF/services/dev.papertape.benchmarks.Scenario}.
 */
public interface Scenario {
  /** As typed on the command line, for example {@code event-store}. */
  String name();

  /**
   * Measures. The stream is consumed once, in order, and closed by the caller; a lazy stream shows
   * each figure as soon as it is known. Warm-up and repetitions are the scenario's own business;
   * figures are medians.
   *
   * @throws Exception if the scenario cannot run; the run then fails with the message
   */
  Stream<Result> run(Options options) throws Exception;

  /**
   * @param quick shorter warm-up and fewer repetitions: shows that it works, not how fast it is
   */
  record Options(boolean quick) {}
}
