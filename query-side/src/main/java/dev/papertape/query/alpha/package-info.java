/** The alphas of the registry, as they are shown. */
@NullMarked
package dev.papertape.query.alpha;

import org.jspecify.annotations.NullMarked;
