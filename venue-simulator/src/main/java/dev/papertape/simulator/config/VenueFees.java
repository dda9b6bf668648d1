package dev.papertape.simulator.config;

/**
 * What a venue charges, in basis points of the notional; a negative maker fee is a rebate.
 *
 * @param makerBps in [-10, 100]
 * @param takerBps in [0, 100]
 */
public record VenueFees(double makerBps, double takerBps) {

  public VenueFees {
    Require.within(makerBps, -10, 100, "makerBps");
    Require.within(takerBps, 0, 100, "takerBps");
  }
}
