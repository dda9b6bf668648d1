package dev.papertape.simulator.config;

/**
 * Delay between an event at the exchange and its bytes leaving towards the client, in simulated
 * milliseconds: {@code baseMillis} plus a uniform share of {@code jitterMillis}. Order within a
 * venue is kept, as on one TCP connection.
 *
 * @param baseMillis in [0, 10000]
 * @param jitterMillis in [0, 10000]
 */
public record VenueLatency(int baseMillis, int jitterMillis) {

  public VenueLatency {
    Require.within(baseMillis, 0, 10_000, "baseMillis");
    Require.within(jitterMillis, 0, 10_000, "jitterMillis");
  }
}
