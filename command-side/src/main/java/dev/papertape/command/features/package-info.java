/**
 * Computes features: online on the engine's thread, again by a backtest (package {@code parity}),
 * and writes what the engine computed. Called by the engine and by routes; never reads a clock
 * while computing, and never decides what to trade.
 */
@NullMarked
package dev.papertape.command.features;

import org.jspecify.annotations.NullMarked;
