/** The alphas of the registry as they are shown, and what each of them earned. */
@NullMarked
package dev.papertape.query.alpha;

import org.jspecify.annotations.NullMarked;
