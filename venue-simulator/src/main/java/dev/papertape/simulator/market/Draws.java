package dev.papertape.simulator.market;

import java.util.random.RandomGenerator;

/**
 * Seeded draws that are the same on every machine and JDK: SplitMix64 (Steele, Lea, Flood 2014) and
 * {@link StrictMath} only. The JDK's own generators leave their Gaussian method open to change.
 */
final class Draws implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spareGaussian;
  private boolean hasSpare;

  Draws(long seed) {
    this.state = seed;
  }

  /** A stream of its own for each part of the market: adding a venue leaves the others unmoved. */
  static Draws of(long seed, String part) {
    long mixed = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < part.length(); i++) {
      mixed = mix((mixed ^ part.charAt(i)) + GOLDEN_GAMMA);
    }
    return new Draws(mixed);
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Marsaglia's polar method. */
  @Override
  public double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spareGaussian;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareGaussian = y * scale;
    hasSpare = true;
    return x * scale;
  }

  @Override
  public double nextExponential() {
    return -StrictMath.log(1 - nextDouble());
  }

  boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** Log-normal with mean 1. */
  double nextSize(double sigma) {
    return StrictMath.exp(sigma * nextGaussian() - sigma * sigma / 2);
  }

  /** Poisson by Knuth's product, for the small means of one step. */
  int nextCount(double mean) {
    double limit = StrictMath.exp(-mean);
    int count = 0;
    for (double product = nextDouble(); product > limit; product *= nextDouble()) {
      count++;
    }
    return count;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
