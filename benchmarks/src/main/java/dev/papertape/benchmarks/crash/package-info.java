/**
 * kill -9 under load. Owns the load, the kills and the audit of what they left in the log; called
 * by {@code ./papertape bench crash} and, with fewer kills, by tests; never looks into a process
 * that it kills: what counts is what callers were told, what the log holds and what it folds to.
 */
@NullMarked
package dev.papertape.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
