/** What kind of market each symbol is in, now and at any earlier position. Reads the log only. */
@NullMarked
package dev.papertape.query.regime;

import org.jspecify.annotations.NullMarked;
