package dev.papertape.simulator.market;

/**
 * What makers and takers do in a regime, as multiples of the usual.
 *
 * @param spread of the quoted spread
 * @param depth of displayed quantities
 * @param flow of taker order rates
 * @param driftBpsPerSecond takers lean towards its sign
 */
record Mood(double spread, double depth, double flow, double driftBpsPerSecond) {

  private static final double RELAXATION_SECONDS = 5;

  /** Makers adapt within seconds, not at once: a spread never jumps threefold in one step. */
  Mood towards(Mood target, double seconds) {
    double share = Math.min(1, seconds / RELAXATION_SECONDS);
    return new Mood(
        spread + share * (target.spread - spread),
        depth + share * (target.depth - depth),
        flow + share * (target.flow - flow),
        driftBpsPerSecond + share * (target.driftBpsPerSecond - driftBpsPerSecond));
  }

  /** Probability that an uninformed taker buys. */
  double buyProbability() {
    return Math.clamp(0.5 + driftBpsPerSecond, 0.25, 0.75);
  }
}
