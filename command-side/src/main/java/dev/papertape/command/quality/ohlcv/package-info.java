/**
 * Guards over the bars of one stream: each a small rule, put together by {@code StreamCandleJudge}.
 * Called as candles arrive and as candle files are read; keeps bounded state, reads no clock, never
 * alters a bar.
 */
@NullMarked
package dev.papertape.command.quality.ohlcv;

import org.jspecify.annotations.NullMarked;
