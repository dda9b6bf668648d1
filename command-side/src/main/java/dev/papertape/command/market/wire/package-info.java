/**
 * What all venues' wires have in common: JSON read from bytes, decimals in the wire's own digits,
 * names of pairs. Called by the venues' decoders. Never does I/O, never knows a venue.
 */
@NullMarked
package dev.papertape.command.market.wire;

import org.jspecify.annotations.NullMarked;
