package dev.papertape.command.population;

import java.util.Random;

/**
 * The randomness of one population's generation: the same seed, population and generation draw the
 * same. {@link Random} and {@link String#hashCode} are specified to the bit, so this holds on every
 * machine and release.
 */
final class SeededDraws {
  /** What the generation before the first is called: founders are drawn in it. */
  static final long FOUNDING = -1;

  private SeededDraws() {}

  static Random of(long seed, String populationId, long generation) {
    return new Random(mixed(mixed(mixed(seed) ^ populationId.hashCode()) ^ generation));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014): near seeds draw nothing alike. */
  private static long mixed(long value) {
    long z = value + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
