/**
 * Shows alphas: who is registered and what each brought. Folds the events of alphas; never weighs a
 * signal.
 */
@NullMarked
package dev.papertape.query.alpha;

import org.jspecify.annotations.NullMarked;
