/**
 * What each process over this log says of itself, once a second, and reading what all say. Called
 * by the health route; decides nothing.
 */
@NullMarked
package dev.papertape.eventstore.heartbeat;

import org.jspecify.annotations.NullMarked;
