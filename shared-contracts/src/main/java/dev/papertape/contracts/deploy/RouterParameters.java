package dev.papertape.contracts.deploy;

/**
 * Routing and scoring; the figures mean what the router's policy says of them.
 *
 * @param version by which a decision names this set of values
 * @param maxAgeMs a book whose newest message is older is not routed to
 * @param retryCostBps what it costs to send a rejected leg again
 * @param adverseMoveSigmas expected move while an unfilled order is tried again, in one-second
 *     deviations of the mid
 * @param participationPercent share of each displayed level that an order may take, 1 to 100
 * @param latencyScaleMs L0 of the latency score exp(−p95 / L0)
 * @param weights exponents of a venue's score
 * @param qosHalfLifeMs feed time after which an observation of a venue counts half
 */
public record RouterParameters(
    String version,
    long maxAgeMs,
    double retryCostBps,
    double adverseMoveSigmas,
    int participationPercent,
    double latencyScaleMs,
    Weights weights,
    long qosHalfLifeMs) {

  /** Exponents of a venue's score, each &ge; 0 and not all 0. */
  public record Weights(
      double uptime,
      double freshness,
      double fillRate,
      double rejects,
      double gaps,
      double latency) {}

  /** The same values under another name. */
  public RouterParameters named(String name) {
    return new RouterParameters(
        name,
        maxAgeMs,
        retryCostBps,
        adverseMoveSigmas,
        participationPercent,
        latencyScaleMs,
        weights,
        qosHalfLifeMs);
  }
}
