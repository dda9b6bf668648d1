/**
 * L2 books, their integrity rules and the state of all venues. Called by the engine's thread only.
 * Never does I/O, never reads a clock.
 */
@NullMarked
package dev.papertape.command.market.book;

import org.jspecify.annotations.NullMarked;
