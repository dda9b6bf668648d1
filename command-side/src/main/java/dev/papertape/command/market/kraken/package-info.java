/**
 * Kraken's wires: v2, and v1 as old recordings have it. Called by connectors, live and recorded,
 * away from the engine's thread. Never does I/O, never touches a book.
 */
@NullMarked
package dev.papertape.command.market.kraken;

import org.jspecify.annotations.NullMarked;
