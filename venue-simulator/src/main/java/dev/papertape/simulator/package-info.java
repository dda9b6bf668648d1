/**
 * A mock exchange: starts, addresses and stops the simulated venues. Called by whoever needs venues
 * to connect to, and by its own {@code main}. Knows no Papertape module: it is the peer on the
 * other end of the wire.
 */
@NullMarked
package dev.papertape.simulator;

import org.jspecify.annotations.NullMarked;
