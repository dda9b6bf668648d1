/**
 * What a routing decision costs: ours beside the obvious implementation in decimals, which must
 * decide the same. Called by the bench command; never part of a running system.
 */
@NullMarked
package dev.papertape.benchmarks.router;

import org.jspecify.annotations.NullMarked;
