package dev.papertape.simulator.market;

/**
 * A time in which one regime ruled, simulated epoch milliseconds.
 *
 * @param fromMillis inclusive
 * @param toMillis exclusive; of the current one: now
 */
public record RegimeSpan(Regime regime, long fromMillis, long toMillis) {}
