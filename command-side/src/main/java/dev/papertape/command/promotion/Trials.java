package dev.papertape.command.promotion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many parameter sets were tried to find an alpha's, and how much they differ.
 *
 * @param count N, at least 1
 * @param variance variance (ddof = 1) of their Sharpe ratios per feed minute, less what sampling
 *     noise alone makes, &ge; 0; null where fewer than two ratios are known
 */
record Trials(long count, @Nullable Double variance) {
  /** An alpha that no population trains. */
  static final Trials ONE = new Trials(1, null);

  private static final double SECONDS_A_MINUTE = 60;

  /**
   * How one parameter set did.
   *
   * @param sharpe mean / deviation of its one-second returns
   * @param seconds number of these returns, &gt; 0
   */
  record Run(double sharpe, double seconds) {}

  /**
   * Of trials that were measured over runs of other lengths than the record's. A ratio of T returns
   * scatters by 1/T even without any skill, so the mean of that is taken from the variance of the
   * runs; a ratio a minute is √60 times one a second (returns that do not lean on each other).
   *
   * @param runs of those parameter sets that have a ratio of their own
   */
  static Trials of(long count, List<Run> runs) {
    if (runs.size() < 2) {
      return new Trials(Math.max(1, count), null);
    }
    double mean = runs.stream().mapToDouble(Run::sharpe).average().orElseThrow();
    double squares = runs.stream().mapToDouble(run -> Math.pow(run.sharpe() - mean, 2)).sum();
    double noise = runs.stream().mapToDouble(run -> 1 / run.seconds()).average().orElseThrow();
    double beyond = Math.max(0, squares / (runs.size() - 1) - noise);
    return new Trials(Math.max(1, count), SECONDS_A_MINUTE * beyond);
  }

  /** Says it of an alpha. */
  @FunctionalInterface
  interface Source {
    /** Reads the log; called once a feed minute. */
    Trials of(String alphaId);
  }
}
