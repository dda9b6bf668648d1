/**
 * A counter: the smallest aggregate that is created, changed and snapshot. Same for both engines.
 */
@NullMarked
package dev.papertape.benchmarks.eventstore.counter;

import org.jspecify.annotations.NullMarked;
