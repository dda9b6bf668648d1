/**
 * Shows which venues exist and whether they are connected. Folds the market's events; holds no
 * price.
 */
@NullMarked
package dev.papertape.query.market;

import org.jspecify.annotations.NullMarked;
