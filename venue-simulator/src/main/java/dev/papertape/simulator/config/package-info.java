/**
 * What a simulated market and its venues look like: instruments, venues, pace. Records validated on
 * construction; read by every other package here and by whoever starts a simulator. Holds no state.
 */
@NullMarked
package dev.papertape.simulator.config;

import org.jspecify.annotations.NullMarked;
