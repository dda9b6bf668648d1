/**
 * Appending to the event log: one appender thread a process, group commit, gapless positions, leaf
 * hashes. Called by Axon (aggregates) and by the engine (facts). Never blocks on a reader.
 */
@NullMarked
package dev.papertape.eventstore.append;

import org.jspecify.annotations.NullMarked;
