/** Shows populations: their members, and the steps by which these came about. */
@NullMarked
package dev.papertape.query.population;

import org.jspecify.annotations.NullMarked;
