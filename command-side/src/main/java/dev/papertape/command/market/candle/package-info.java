/**
 * One-minute candles of each stream: closes what the venue's feed tells bit by bit, asks for what
 * is missing, has every bar judged in its order. Driven by feed time on the engine's thread; stores
 * nothing, computes nothing with a candle.
 */
@NullMarked
package dev.papertape.command.market.candle;

import org.jspecify.annotations.NullMarked;
