package dev.papertape.contracts.deploy;

import org.jspecify.annotations.Nullable;

/**
 * What one SLO asks for.
 *
 * @param bound share of bad samples that is allowed, between 0 and 1
 * @param threshold beyond which a sample is bad: ms for {@code P95_LATENCY} (an exact boundary of
 *     its histogram), bps for {@code ROUTER_QOS}, null for {@code ERROR_RATE}
 */
public record SloRule(Slo slo, double bound, @Nullable Double threshold) {
  public SloRule {
    if (!(bound > 0 && bound < 1)) {
      throw new IllegalArgumentException(slo + ": a bound lies between 0 and 1");
    }
    if ((threshold == null) != (slo == Slo.ERROR_RATE)
        || (threshold != null && !(threshold >= 0))) {
      throw new IllegalArgumentException(
          slo
              + ": a threshold of 0 or more belongs to a latency and to router QoS, to nothing else");
    }
  }
}
