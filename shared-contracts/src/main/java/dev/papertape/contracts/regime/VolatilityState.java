package dev.papertape.contracts.regime;

/**
 * Probabilities of the three volatility states, which add up to 1; ordered by variance.
 *
 * @param calm in [0, 1]
 */
public record VolatilityState(double calm, double normal, double turbulent) {}
