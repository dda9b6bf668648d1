package dev.papertape.contracts.deploy;

import java.math.BigDecimal;

/**
 * Limits of the pre-trade guards.
 *
 * @param maxNotional of one order, quote units
 * @param maxExposure Σ |position| · mark after the order, quote units
 * @param maxOrdersPerSecond orders of all sources within one second of feed time
 */
public record GuardParameters(
    BigDecimal maxNotional, BigDecimal maxExposure, int maxOrdersPerSecond) {}
