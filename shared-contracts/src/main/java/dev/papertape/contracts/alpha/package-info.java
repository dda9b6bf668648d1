/**
 * Alphas: their registry, the signals of each rebalance, their records, and the feature windows
 * behind an order. Written by the alpha aggregates and the engine; read by reports and the audit.
 */
@NullMarked
package dev.papertape.contracts.alpha;

import org.jspecify.annotations.NullMarked;
