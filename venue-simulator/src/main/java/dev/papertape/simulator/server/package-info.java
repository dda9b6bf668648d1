/**
 * Real HTTP and WebSocket on loopback, the pace of simulated time, delivery with each venue's
 * latency. Called by {@link dev.papertape.simulator.VenueSimulator}. Decides nothing about prices
 * or formats.
 */
@NullMarked
package dev.papertape.simulator.server;

import org.jspecify.annotations.NullMarked;
