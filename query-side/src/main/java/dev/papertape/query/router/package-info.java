/**
 * Shows the router: venue scores and the newest decisions. Folds the router's and the market's
 * events; never decides.
 */
@NullMarked
package dev.papertape.query.router;

import org.jspecify.annotations.NullMarked;
