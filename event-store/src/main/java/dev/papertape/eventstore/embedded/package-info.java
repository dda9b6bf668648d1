/**
 * Owns a PostgreSQL server of our own: its binaries, data folder, process and lock. Called by
 * standalone, by benchmarks and by tests. Never runs it less durable than a commit promises, and
 * never touches a data folder that another instance holds.
 */
@NullMarked
package dev.papertape.eventstore.embedded;

import org.jspecify.annotations.NullMarked;
