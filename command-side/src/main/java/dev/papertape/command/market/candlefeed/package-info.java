/**
 * A market made of candles, for backtests: at each bar's open and close a book of one level a side.
 * The engine that trades on it is the one that trades live; only this feed differs. Knows no file.
 */
@NullMarked
package dev.papertape.command.market.candlefeed;

import org.jspecify.annotations.NullMarked;
