/** How much is held of each symbol and why, as it was sized last. Reads the log only. */
@NullMarked
package dev.papertape.query.sizing;

import org.jspecify.annotations.NullMarked;
