package dev.papertape.benchmarks.verdicts;

/** What a finite number of runs can say of a share. */
final class BinomialFloor {
  private BinomialFloor() {}

  /**
   * The fewest successes that are still credible when each of {@code n} runs succeeds with
   * probability {@code p}: fewer come up with a chance of {@code risk} at most.
   *
   * @param p between 0 and 1
   */
  static int of(int n, double p, double risk) {
    double logTerm = n * Math.log1p(-p);
    double odds = Math.log(p) - Math.log1p(-p);
    double below = 0;
    for (int k = 0; k <= n; k++) {
      below += Math.exp(logTerm);
      if (below > risk) {
        return k;
      }
      logTerm += Math.log((double) (n - k) / (k + 1)) + odds;
    }
    return n;
  }
}
