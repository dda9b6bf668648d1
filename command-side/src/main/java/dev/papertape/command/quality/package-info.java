/**
 * Guards over candles, books and trades: pure rules that pass, flag, quarantine or ask for a
 * resync. Called by the market as records come; never trades, never drops a record uncounted.
 */
@NullMarked
package dev.papertape.command.quality;

import org.jspecify.annotations.NullMarked;
