package dev.papertape.command.deploy.verdict;

/**
 * A mixture e-process of one arm: the mean, over alternatives, of the likelihood of the counts
 * under the alternative divided by that under the limit. Against "at most the limit" when all
 * alternatives lie above it, against "at least the limit" when all lie below: a Bernoulli
 * likelihood ratio is monotone, so the limit itself is the worst case of either hypothesis.
 */
final class BernoulliMixture {
  private final double[] gainOfBad;
  private final double[] gainOfGood;

  /**
   * @param limit between 0 and 1
   * @param alternatives at least one; all above or all below the limit
   */
  BernoulliMixture(double limit, double[] alternatives) {
    gainOfBad = new double[alternatives.length];
    gainOfGood = new double[alternatives.length];
    for (int i = 0; i < alternatives.length; i++) {
      gainOfBad[i] = StrictMath.log(alternatives[i] / limit);
      gainOfGood[i] = StrictMath.log1p(-alternatives[i]) - StrictMath.log1p(-limit);
    }
  }

  /** Natural logarithm of the evidence; 0 without samples. */
  double log(long samples, long bad) {
    double[] terms = new double[gainOfBad.length];
    long good = samples - bad;
    for (int i = 0; i < terms.length; i++) {
      terms[i] = bad * gainOfBad[i] + good * gainOfGood[i];
    }
    return LogMean.of(terms);
  }
}
