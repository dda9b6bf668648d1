/**
 * Starting and stopping the whole system: port, database, Spring, in this order, and back. Called
 * by the serve verb. Knows no context.
 */
@NullMarked
package dev.papertape.standalone.serve;

import org.jspecify.annotations.NullMarked;
