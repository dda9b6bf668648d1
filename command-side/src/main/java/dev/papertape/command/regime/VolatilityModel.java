package dev.papertape.command.regime;

import dev.papertape.contracts.regime.VolatilityState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A hidden Markov chain of three volatility states, each of which gives log returns of mean 0 and
 * its own variance: CALM, NORMAL, TURBULENT by ascending variance, always. A mean of 0 keeps the
 * states what they are called: with means of their own they part into up and down. Immutable.
 */
public final class VolatilityModel {
  static final int STATES = 3;

  /** One and a half times the deviation. */
  private static final double APART = 2.25;

  private final double[] variances;
  private final double[][] transitions;
  private final double[] initial;

  /** −½ ln σ² and −½ / σ² of each state: what a log density takes. */
  private final double[] logScale = new double[STATES];

  private final double[] logSlope = new double[STATES];

  /**
   * Puts the states in order, however they come.
   *
   * @param variances &gt; 0
   * @param transitions rows add up to 1: from state to state
   * @param initial adds up to 1
   */
  VolatilityModel(double[] variances, double[][] transitions, double[] initial) {
    int[] order =
        IntStream.range(0, STATES)
            .boxed()
            .sorted((a, b) -> Double.compare(variances[a], variances[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.variances = new double[STATES];
    this.transitions = new double[STATES][STATES];
    this.initial = new double[STATES];
    for (int i = 0; i < STATES; i++) {
      this.variances[i] = variances[order[i]];
      this.initial[i] = initial[order[i]];
      for (int j = 0; j < STATES; j++) {
        this.transitions[i][j] = transitions[order[i]][order[j]];
      }
      logScale[i] = -0.5 * StrictMath.log(this.variances[i]);
      logSlope[i] = -0.5 / this.variances[i];
    }
  }

  /** Ascending. */
  double variance(int state) {
    return variances[state];
  }

  double transition(int from, int to) {
    return transitions[from][to];
  }

  double initial(int state) {
    return initial[state];
  }

  /**
   * Writes the densities of a return, each divided by the largest, so that none but the hopeless
   * ones underflows, whatever the return; without the factor 1/√2π that all share.
   *
   * @return logarithm of what they were divided by
   */
  double densities(double logReturn, double[] out, int at) {
    double square = logReturn * logReturn;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < STATES; i++) {
      out[at + i] = logScale[i] + logSlope[i] * square;
      largest = Math.max(largest, out[at + i]);
    }
    for (int i = 0; i < STATES; i++) {
      out[at + i] = out[at + i] == largest ? 1 : StrictMath.exp(out[at + i] - largest);
    }
    return largest;
  }

  /**
   * One step of the forward filter: P(state | returns up to this one).
   *
   * @param before the step before; null before the first return
   */
  VolatilityState next(@Nullable VolatilityState before, double logReturn) {
    double[] p = new double[STATES];
    densities(logReturn, p, 0);
    double sum = 0;
    for (int j = 0; j < STATES; j++) {
      double predicted =
          before == null
              ? initial[j]
              : before.calm() * transitions[0][j]
                  + before.normal() * transitions[1][j]
                  + before.turbulent() * transitions[2][j];
      p[j] *= predicted;
      sum += p[j];
    }
    // Nothing explains it where the only state that could cannot be reached: then by the return.
    if (!(sum > 0)) {
      densities(logReturn, p, 0);
      sum = p[0] + p[1] + p[2];
    }
    return new VolatilityState(p[0] / sum, p[1] / sum, p[2] / sum);
  }

  /**
   * Whether TURBULENT is a state of its own. Of returns that have one volatility a fit makes three
   * that are nearly the same, and which of them it was says nothing.
   */
  boolean isTurbulenceApart() {
    return variances[2] >= APART * variances[1];
  }

  /** First 8 hexadecimal digits of SHA-256 over all its parameters. */
  String fingerprint() {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * STATES * (STATES + 2));
    for (int i = 0; i < STATES; i++) {
      bytes.putDouble(variances[i]).putDouble(initial[i]);
      for (int j = 0; j < STATES; j++) {
        bytes.putDouble(transitions[i][j]);
      }
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
