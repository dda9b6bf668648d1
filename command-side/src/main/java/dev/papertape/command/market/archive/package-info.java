/**
 * Writes the engine's candles to the database behind its back, and reads them for its next life.
 * Judges nothing; loses nothing unsaid.
 */
@NullMarked
package dev.papertape.command.market.archive;

import org.jspecify.annotations.NullMarked;
