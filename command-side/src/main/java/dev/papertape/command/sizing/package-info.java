/**
 * How a combined signal becomes a position: volatility targeting and the caps on it. Pure; called
 * by the engine at its rebalances. Never holds an order.
 */
@NullMarked
package dev.papertape.command.sizing;

import org.jspecify.annotations.NullMarked;
