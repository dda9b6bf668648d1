/**
 * What counts say about an SLO: mixture e-processes on Bernoulli counts, and the verdict that
 * follows. Pure and free of state: the same counts give the same figures to the last bit, on any
 * machine ({@code StrictMath}, sums in a fixed order). Begin at {@link
 * dev.papertape.command.deploy.verdict.Judges}.
 *
 * <p>An <em>e-process</em> is a product of betting gains that a true hypothesis keeps at 1 or below
 * on average, whatever the moment at which one looks; so the chance that it ever reaches 1/α is at
 * most α (Ville). A mean of e-processes is one too, hence the grids of alternatives.
 */
@NullMarked
package dev.papertape.command.deploy.verdict;

import org.jspecify.annotations.NullMarked;
