package dev.papertape.command.deploy.verdict;

import java.util.Arrays;

/** Means of numbers that only their logarithms can hold. */
final class LogMean {
  /** Where evidence is cut: exact as a double, and far beyond what anyone asks for. */
  static final double MOST = 1e15;

  private static final double LOG_MOST = StrictMath.log(MOST);

  /** Terms so far below the largest are less than a rounding of the sum, however many. */
  private static final double NEGLIGIBLE = -60;

  private LogMean() {}

  /** log(mean(exp(terms))), never overflowing; the terms are finite and at least one. */
  static double of(double[] terms) {
    double largest = Arrays.stream(terms).max().orElseThrow();
    double sum = 0;
    for (double term : terms) {
      if (term - largest > NEGLIGIBLE) {
        sum += StrictMath.exp(term - largest);
      }
    }
    return largest + StrictMath.log(sum) - StrictMath.log(terms.length);
  }

  /** The number itself, cut at {@link #MOST}; too small for a double is 0. */
  static double number(double log) {
    return log >= LOG_MOST ? MOST : StrictMath.exp(log);
  }
}
