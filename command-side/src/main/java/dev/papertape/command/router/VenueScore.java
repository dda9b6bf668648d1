package dev.papertape.command.router;

import dev.papertape.contracts.market.VenueQos;

/**
 * A venue's score: the weighted geometric mean of uptime, freshness, fill rate, 1 − reject rate, 1
 * − gap rate and exp(−p95 / L0) (market-wire.md, "Routing cost"). One part at 0 makes it 0.
 */
public final class VenueScore {
  private VenueScore() {}

  /**
   * In [0, 1].
   *
   * @param configuredLatencyMs stands for p95 while there is no sample
   */
  public static double of(VenueQos qos, double configuredLatencyMs, RouterPolicy policy) {
    QosWeights weights = policy.weights();
    double p95 = qos.latencyP95Ms() == null ? configuredLatencyMs : qos.latencyP95Ms();
    double product =
        StrictMath.pow(qos.uptime(), weights.uptime())
            * StrictMath.pow(qos.freshness(), weights.freshness())
            * StrictMath.pow(qos.fillRate(), weights.fillRate())
            * StrictMath.pow(1 - qos.rejectRate(), weights.rejects())
            * StrictMath.pow(1 - qos.gapRate(), weights.gaps())
            * StrictMath.pow(StrictMath.exp(-p95 / policy.latencyScaleMs()), weights.latency());
    return StrictMath.pow(product, 1 / weights.sum());
  }
}
