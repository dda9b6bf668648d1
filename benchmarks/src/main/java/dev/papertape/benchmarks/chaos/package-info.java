/**
 * Faults in the running program, many times and with kills in the middle, and what the proxy costs
 * that injects them. Called by {@code bench chaos}.
 */
@NullMarked
package dev.papertape.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
