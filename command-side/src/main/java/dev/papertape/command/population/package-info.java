/**
 * Population based training: the selection and exploration rules, the aggregate around them, the
 * members that trade in the shadow on the engine's thread, and the conductor that ends generations.
 * Places no order.
 */
@NullMarked
package dev.papertape.command.population;

import org.jspecify.annotations.NullMarked;
