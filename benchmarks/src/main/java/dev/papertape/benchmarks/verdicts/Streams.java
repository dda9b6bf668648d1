package dev.papertape.benchmarks.verdicts;

import dev.papertape.contracts.deploy.Slo;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * The intents of one run that fall into an arm, in order: a coin says into which, and each SLO
 * whether it was bad. The arms are of equal length in the mean only, as the assignment makes them.
 */
final class Streams {
  private final int[] candidateAt;
  private final BitSet candidate = new BitSet();
  private final BitSet[] bad = new BitSet[Slo.values().length];
  private final int length;

  /**
   * @param candidates as many samples of the candidate arm are drawn
   */
  Streams(Case of, long seed, int candidates) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Slo slo : Slo.values()) {
      bad[slo.ordinal()] = new BitSet();
    }
    candidateAt = new int[candidates];
    int intent = 0;
    for (int drawn = 0; drawn < candidates; intent++) {
      boolean isCandidate = random.nextBoolean();
      Shares shares = of.at(intent, isCandidate);
      for (Slo slo : Slo.values()) {
        bad[slo.ordinal()].set(intent, random.nextDouble() < shares.of(slo));
      }
      if (isCandidate) {
        candidate.set(intent);
        candidateAt[drawn++] = intent;
      }
    }
    length = intent;
  }

  /** Intents of both arms. */
  int length() {
    return length;
  }

  /** Samples of the candidate arm. */
  int candidates() {
    return candidateAt.length;
  }

  boolean isCandidate(int intent) {
    return candidate.get(intent);
  }

  boolean isBad(Slo slo, int intent) {
    return bad[slo.ordinal()].get(intent);
  }

  /** Of the candidate arm alone, by its own count. */
  boolean candidateBad(Slo slo, int sample) {
    return isBad(slo, candidateAt[sample]);
  }
}
