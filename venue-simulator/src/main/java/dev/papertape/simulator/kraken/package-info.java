/**
 * Kraken's wire: asset pairs and candles over REST, v2's {@code book} with its checksum, {@code
 * trade} and {@code ohlc} over the socket. Writes text, knows no socket.
 */
@NullMarked
package dev.papertape.simulator.kraken;

import org.jspecify.annotations.NullMarked;
