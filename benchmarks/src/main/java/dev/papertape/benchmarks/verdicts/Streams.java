package dev.papertape.benchmarks.verdicts;

import dev.papertape.contracts.deploy.Slo;
import java.util.BitSet;
import java.util.SplittableRandom;

/** What the two arms of one run do, sample by sample: whether it was bad, by SLO. */
final class Streams {
  private final BitSet[] candidate = new BitSet[Slo.values().length];
  private final BitSet[] control = new BitSet[Slo.values().length];
  private final int length;

  Streams(Case of, long seed, int length) {
    this.length = length;
    SplittableRandom random = new SplittableRandom(seed);
    for (Slo slo : Slo.values()) {
      candidate[slo.ordinal()] = draw(random, of.candidate().of(slo));
      control[slo.ordinal()] = draw(random, of.control().of(slo));
    }
  }

  int length() {
    return length;
  }

  boolean candidateBad(Slo slo, int sample) {
    return candidate[slo.ordinal()].get(sample);
  }

  boolean controlBad(Slo slo, int sample) {
    return control[slo.ordinal()].get(sample);
  }

  private BitSet draw(SplittableRandom random, double share) {
    BitSet bad = new BitSet(length);
    for (int i = 0; i < length; i++) {
      bad.set(i, random.nextDouble() < share);
    }
    return bad;
  }
}
