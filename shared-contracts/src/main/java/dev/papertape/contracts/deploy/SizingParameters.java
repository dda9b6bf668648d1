package dev.papertape.contracts.deploy;

import java.math.BigDecimal;

/**
 * How much the built-in trader holds and how often it trades.
 *
 * @param targetNotional held at a signal of 1, quote units
 * @param rebalanceNotional smallest difference that is traded, quote units
 * @param cooldownMs feed time between two orders of one symbol
 */
public record SizingParameters(
    BigDecimal targetNotional, BigDecimal rebalanceNotional, long cooldownMs) {}
