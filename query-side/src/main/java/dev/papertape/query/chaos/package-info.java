/** Fault experiments as they are and were. Reads the log only; starts and stops nothing. */
@NullMarked
package dev.papertape.query.chaos;

import org.jspecify.annotations.NullMarked;
