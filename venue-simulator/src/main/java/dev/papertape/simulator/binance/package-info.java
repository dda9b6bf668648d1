/**
 * Binance spot's wire format over the simulated market: stream messages, REST replies, request
 * weights, control messages. Pure text in and out; called by the server and by tests. Opens no
 * socket and reads no clock.
 */
@NullMarked
package dev.papertape.simulator.binance;

import org.jspecify.annotations.NullMarked;
