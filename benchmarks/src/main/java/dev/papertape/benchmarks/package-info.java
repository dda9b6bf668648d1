/**
 * Measures the system beside its peers. Owns the scenarios and how their figures are printed;
 * called by {@code ./papertape bench}; nothing else depends on it.
 */
@NullMarked
package dev.papertape.benchmarks;

import org.jspecify.annotations.NullMarked;
