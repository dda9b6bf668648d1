/** Alphas' stages and the gates before them, as recorded. Decides nothing and holds no policy. */
@NullMarked
package dev.papertape.query.promotion;

import org.jspecify.annotations.NullMarked;
