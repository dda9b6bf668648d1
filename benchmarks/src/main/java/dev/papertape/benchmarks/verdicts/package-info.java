/**
 * How often the rollout's verdicts are right. Owns the simulated streams and the peers' rules;
 * verdicts and transitions are production's ({@code command.deploy}); called by {@code ./papertape
 * bench verdicts} and, with fewer runs, by tests.
 */
@NullMarked
package dev.papertape.benchmarks.verdicts;

import org.jspecify.annotations.NullMarked;
