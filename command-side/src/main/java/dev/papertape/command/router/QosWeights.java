package dev.papertape.command.router;

/**
 * Exponents of the weighted geometric mean that makes a venue's score, each &ge; 0; they are
 * divided by their sum.
 *
 * @param uptime of the share of time with a synced book
 * @param freshness of exp(−age / limit)
 * @param fillRate of the share of routed quantity that filled
 * @param rejects of 1 − reject rate
 * @param gaps of 1 − gap rate
 * @param latency of exp(−p95 / L0)
 */
public record QosWeights(
    double uptime, double freshness, double fillRate, double rejects, double gaps, double latency) {
  /** Filling what was routed counts twice; everything else once. */
  public static final QosWeights DEFAULT = new QosWeights(1, 1, 2, 1, 1, 1);

  public QosWeights {
    if (!(uptime >= 0
        && freshness >= 0
        && fillRate >= 0
        && rejects >= 0
        && gaps >= 0
        && latency >= 0
        && uptime + freshness + fillRate + rejects + gaps + latency > 0)) {
      throw new IllegalArgumentException("weights must not be negative, nor all zero");
    }
  }

  double sum() {
    return uptime + freshness + fillRate + rejects + gaps + latency;
  }
}
