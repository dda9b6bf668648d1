/**
 * Shows whether trading goes on, how every guard stands, and which orders were refused. Reads the
 * log only; trips and lifts nothing.
 */
@NullMarked
package dev.papertape.query.guards;

import org.jspecify.annotations.NullMarked;
