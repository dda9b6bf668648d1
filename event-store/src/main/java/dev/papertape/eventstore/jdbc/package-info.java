/**
 * How a connection of the pool is borrowed for a transaction and goes back as it came. Knows no
 * table and opens no connection.
 */
@NullMarked
package dev.papertape.eventstore.jdbc;

import org.jspecify.annotations.NullMarked;
