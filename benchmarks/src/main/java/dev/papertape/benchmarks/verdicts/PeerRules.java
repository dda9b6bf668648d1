package dev.papertape.benchmarks.verdicts;

import dev.papertape.contracts.deploy.Slo;

/** How others decide on the candidate's stream; neither looks at a control arm, neither holds. */
final class PeerRules {
  private static final int WINDOWS = 20;
  private static final int REQUESTS = 60;
  private static final int FAILURE_LIMIT = 2;
  private static final int LOOKS = 50;

  /** One-sided 5 % of the normal distribution. */
  private static final double Z = 1.6449;

  private PeerRules() {}

  /**
   * An Argo Rollouts analysis of 20 measurements, each the share of bad among 60 requests against
   * the bound; more than two failed ones abort.
   */
  static Outcome argo(Streams streams, Slo slo, double bound) {
    int failed = 0;
    for (int window = 0; window < WINDOWS; window++) {
      int bad = bad(streams, slo, window * REQUESTS, (window + 1) * REQUESTS);
      if ((double) bad / REQUESTS > bound && ++failed > FAILURE_LIMIT) {
        return Outcome.ABORTED;
      }
    }
    return Outcome.PROMOTED;
  }

  /** A one-sided test of "worse than the bound" at 5 %, looked at 50 times as samples come in. */
  static Outcome peekingZ(Streams streams, Slo slo, double bound) {
    int each = streams.candidates() / LOOKS;
    int bad = 0;
    for (int look = 1; look <= LOOKS; look++) {
      bad += bad(streams, slo, (look - 1) * each, look * each);
      double samples = (double) look * each;
      double z = (bad / samples - bound) / Math.sqrt(bound * (1 - bound) / samples);
      if (z >= Z) {
        return Outcome.ABORTED;
      }
    }
    return Outcome.PROMOTED;
  }

  private static int bad(Streams streams, Slo slo, int from, int to) {
    int bad = 0;
    for (int sample = from; sample < to; sample++) {
      bad += streams.candidateBad(slo, sample) ? 1 : 0;
    }
    return bad;
  }
}
