package dev.papertape.command.router;

/**
 * Everything that an operator may tune about routing and scoring. A decision names the version, and
 * is made again from the recorded context with the policy of that version.
 *
 * @param version name of this set of values; another value needs another name
 * @param maxAgeMs a book whose newest message is older is not routed to, and has no part in the
 *     common mid
 * @param retryCostBps what it costs, in bps, to send a rejected leg again
 * @param adverseMoveSigmas how many one-second deviations of the mid the price is expected to run
 *     away while an unfilled order is tried again
 * @param participationPercent the share of each displayed level that an order may take, 1 to 100.
 *     The default is 100: who arrives at a venue gets what it displays, and that the display was
 *     gone by then is what the latency models; lower it to allow for hidden competition
 * @param latencyScaleMs L0 of the latency score exp(−p95 / L0)
 * @param weights of the score
 * @param qosHalfLifeMs feed time after which an observation of a venue counts half
 */
public record RouterPolicy(
    String version,
    long maxAgeMs,
    double retryCostBps,
    double adverseMoveSigmas,
    int participationPercent,
    double latencyScaleMs,
    QosWeights weights,
    long qosHalfLifeMs) {
  /** The expected size of a normal move is √(2/π) of its deviation. */
  private static final double EXPECTED_NORMAL_MOVE = 0.8;

  public static final RouterPolicy DEFAULT =
      new RouterPolicy(
          "router-1", 2_000, 1.0, EXPECTED_NORMAL_MOVE, 100, 250, QosWeights.DEFAULT, 300_000);

  public RouterPolicy {
    if (version.isBlank()) {
      throw new IllegalArgumentException("a policy needs a version");
    }
    if (maxAgeMs <= 0 || qosHalfLifeMs <= 0 || !(latencyScaleMs > 0)) {
      throw new IllegalArgumentException("times must be positive");
    }
    if (!(retryCostBps >= 0) || !(adverseMoveSigmas >= 0)) {
      throw new IllegalArgumentException("costs must not be negative");
    }
    if (participationPercent < 1 || participationPercent > 100) {
      throw new IllegalArgumentException("participation is 1 to 100 percent");
    }
  }

  /** What an order may take of a level that displays {@code quantity}; rounded down. */
  public long takeable(long quantity) {
    return participationPercent == 100
        ? quantity
        : quantity / 100 * participationPercent + quantity % 100 * participationPercent / 100;
  }
}
