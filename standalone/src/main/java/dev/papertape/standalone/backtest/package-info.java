/**
 * Backtests: the engine that trades live, at full speed over history, into a log of its own, and
 * the reports of that log. Called by the verb {@code backtest}.
 */
@NullMarked
package dev.papertape.standalone.backtest;

import org.jspecify.annotations.NullMarked;
