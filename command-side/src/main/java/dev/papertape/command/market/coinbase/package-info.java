/**
 * Coinbase's wires: Advanced Trade, and Coinbase Pro as old recordings have it. Called by
 * connectors, live and recorded, away from the engine's thread. Never does I/O, never touches a
 * book.
 */
@NullMarked
package dev.papertape.command.market.coinbase;

import org.jspecify.annotations.NullMarked;
