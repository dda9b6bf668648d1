/**
 * The guards, which are also the reason codes of blocked orders, their limits, and the trading
 * state (active, reducing, halted): commands and events. Written by the aggregates of trading state
 * and limits, and by the engine's guards.
 */
@NullMarked
package dev.papertape.contracts.guards;

import org.jspecify.annotations.NullMarked;
