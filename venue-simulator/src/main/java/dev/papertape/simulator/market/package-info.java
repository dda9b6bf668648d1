/**
 * The one seeded market under all venues: regimes, fair prices, books, order flow, trades, bars.
 * Called step by step by the pacing thread and by tests; single-threaded. Knows no wire format, no
 * socket and no clock: its time is a count of steps.
 */
@NullMarked
package dev.papertape.simulator.market;

import org.jspecify.annotations.NullMarked;
