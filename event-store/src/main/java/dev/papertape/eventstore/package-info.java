/**
 * The event store as a whole: its schema and its Spring Boot wiring. Called by every process over
 * the log; knows no event by name.
 */
@NullMarked
package dev.papertape.eventstore;

import org.jspecify.annotations.NullMarked;
