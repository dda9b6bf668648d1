package dev.papertape.command.deploy.verdict;

import dev.papertape.contracts.deploy.BlockCounts;

/**
 * The safe 2×2 test of Turner, Ly and Grünwald (Generic E-variables for exact sequential k-sample
 * tests, 2024) in blocks of one sample of each arm, against "the candidate is bad no more often
 * than the control arm". For an alternative (θc, θd) of control and candidate, the block's gain is
 * its likelihood under (θc, θd) divided by that under (θ, θ), θ = (θc + θd) / 2. With x, y the
 * distance of the true shares from θ and c = (θd − θc) / (2 θ (1 − θ)) the mean gain is (1 − c·x)(1
 * + c·y), at most 1 wherever y ≤ x.
 */
final class ControlMixture {
  private final double[] controlBad;
  private final double[] controlGood;
  private final double[] candidateBad;
  private final double[] candidateGood;

  /**
   * @param alternatives pairs of control and candidate, control &lt; candidate
   */
  ControlMixture(double[][] alternatives) {
    int size = alternatives.length;
    controlBad = new double[size];
    controlGood = new double[size];
    candidateBad = new double[size];
    candidateGood = new double[size];
    for (int i = 0; i < size; i++) {
      double control = alternatives[i][0];
      double candidate = alternatives[i][1];
      double both = (control + candidate) / 2;
      controlBad[i] = StrictMath.log(control / both);
      controlGood[i] = StrictMath.log1p(-control) - StrictMath.log1p(-both);
      candidateBad[i] = StrictMath.log(candidate / both);
      candidateGood[i] = StrictMath.log1p(-candidate) - StrictMath.log1p(-both);
    }
  }

  /** Natural logarithm of the evidence; 0 without blocks. */
  double log(BlockCounts counts) {
    double[] terms = new double[controlBad.length];
    for (int i = 0; i < terms.length; i++) {
      terms[i] =
          counts.controlBad() * controlBad[i]
              + (counts.blocks() - counts.controlBad()) * controlGood[i]
              + counts.candidateBad() * candidateBad[i]
              + (counts.blocks() - counts.candidateBad()) * candidateGood[i];
    }
    return LogMean.of(terms);
  }
}
