/**
 * Files of candles: CSV of any column order, Lean zips, JSON of ta4j and of venues' REST; what they
 * hold, and what the guards say of it. Called by the command line; stores nothing.
 */
@NullMarked
package dev.papertape.command.market.candlefile;

import org.jspecify.annotations.NullMarked;
