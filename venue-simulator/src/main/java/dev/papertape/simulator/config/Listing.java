package dev.papertape.simulator.config;

import java.math.BigDecimal;

/**
 * How one venue lists one instrument.
 *
 * @param symbol an instrument of the same configuration
 * @param tickSize smallest price step, quote currency; at most eight decimals, as the wire
 * @param lotSize smallest quantity step, base currency; at most eight decimals, as the wire
 * @param minNotional smallest order value, quote currency
 * @param spreadBps usual distance from best bid to best ask, in (0, 100]
 * @param touchNotional usual value displayed at the best level, quote currency
 * @param levels usual number of levels a side, in [10, 1000]
 * @param marketOrdersPerSecond rate of uninformed taker orders, simulated time, in [0, 50]
 */
public record Listing(
    String symbol,
    BigDecimal tickSize,
    BigDecimal lotSize,
    BigDecimal minNotional,
    double spreadBps,
    double touchNotional,
    int levels,
    double marketOrdersPerSecond) {

  private static final int WIRE_DECIMALS = 8;

  public Listing {
    Require.that(symbol != null, "a listing needs a symbol");
    Require.positive(tickSize, "tickSize of " + symbol);
    Require.positive(lotSize, "lotSize of " + symbol);
    Require.positive(minNotional, "minNotional of " + symbol);
    requireWireDecimals(tickSize, "tickSize of " + symbol);
    requireWireDecimals(lotSize, "lotSize of " + symbol);
    requireWireDecimals(minNotional, "minNotional of " + symbol);
    Require.within(spreadBps, 0.001, 100, "spreadBps of " + symbol);
    Require.within(touchNotional, 1, 1e9, "touchNotional of " + symbol);
    Require.within(levels, 10, 1000, "levels of " + symbol);
    Require.within(marketOrdersPerSecond, 0, 50, "marketOrdersPerSecond of " + symbol);
  }

  private static void requireWireDecimals(BigDecimal value, String name) {
    Require.that(
        value.stripTrailingZeros().scale() <= WIRE_DECIMALS,
        "%s has more than %s decimals: %s",
        name,
        WIRE_DECIMALS,
        value.toPlainString());
  }
}
