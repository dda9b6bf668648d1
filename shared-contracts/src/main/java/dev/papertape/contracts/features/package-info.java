/**
 * Features: their definitions, what is put from outside, and what parity of online values and
 * backtest found. Written by the feature store's command routes and the parity runs.
 */
@NullMarked
package dev.papertape.contracts.features;

import org.jspecify.annotations.NullMarked;
