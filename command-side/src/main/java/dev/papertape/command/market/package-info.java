/**
 * Venues, wire decoders, order books and their integrity. Connectors put frames into the engine's
 * queue; the engine's thread alone owns the books. Never decides a trade.
 */
@NullMarked
package dev.papertape.command.market;

import org.jspecify.annotations.NullMarked;
