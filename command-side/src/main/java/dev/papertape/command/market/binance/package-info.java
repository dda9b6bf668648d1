/**
 * Binance's wire: names, frames, rules of instruments. Called by connectors, live and recorded,
 * away from the engine's thread. Never does I/O, never touches a book.
 */
@NullMarked
package dev.papertape.command.market.binance;

import org.jspecify.annotations.NullMarked;
