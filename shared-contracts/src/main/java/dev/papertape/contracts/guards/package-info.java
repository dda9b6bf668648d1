/**
 * The trading state (active, reducing, halted): its commands and its events. Reason codes of
 * blocked orders. Written by the trading-state aggregate and the engine's guards.
 */
@NullMarked
package dev.papertape.contracts.guards;

import org.jspecify.annotations.NullMarked;
