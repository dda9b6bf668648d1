/**
 * Coinbase Advanced Trade's wire: products and candles over REST, {@code level2}, {@code
 * market_trades} and {@code heartbeats} over the socket. Writes text, knows no socket; numbers are
 * the session's.
 */
@NullMarked
package dev.papertape.simulator.coinbase;

import org.jspecify.annotations.NullMarked;
