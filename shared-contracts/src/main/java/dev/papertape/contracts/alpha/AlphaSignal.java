package dev.papertape.contracts.alpha;

import java.math.BigDecimal;

/**
 * One alpha's part in a rebalance of one symbol.
 *
 * @param value its signal in [−1, 1]
 * @param weight it was combined with, &ge; 0; 0 for one that is only watched
 * @param target a_i = k · weight · value in base units (exact, not cut to lots); all of a rebalance
 *     add up to the portfolio's target
 * @param targetWithout the portfolio's target, had this alpha been silent: weights not
 *     renormalised, same unit and cap
 */
public record AlphaSignal(
    String alphaId, double value, double weight, BigDecimal target, BigDecimal targetWithout) {}
