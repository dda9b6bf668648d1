/**
 * Parity: computes every feature again from what is stored, as a backtest would, and compares it
 * with what the engine put. The comparison is pure; one class reads the store.
 */
@NullMarked
package dev.papertape.command.features.parity;

import org.jspecify.annotations.NullMarked;
