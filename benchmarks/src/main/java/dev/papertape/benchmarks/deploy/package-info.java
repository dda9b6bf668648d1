/** What a change of the release costs the decisions that are made meanwhile. */
@NullMarked
package dev.papertape.benchmarks.deploy;

import org.jspecify.annotations.NullMarked;
