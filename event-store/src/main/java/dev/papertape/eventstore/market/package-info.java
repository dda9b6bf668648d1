/**
 * Tables of market data that both sides share: one-minute candles with their revisions. Written by
 * the process that runs the engine, read by any. Knows neither venues nor what makes a candle good.
 */
@NullMarked
package dev.papertape.eventstore.market;

import org.jspecify.annotations.NullMarked;
