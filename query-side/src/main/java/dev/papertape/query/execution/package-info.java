/**
 * Shows orders, fills and the paper account. Folds the events of orders and of the portfolio; never
 * fills.
 */
@NullMarked
package dev.papertape.query.execution;

import org.jspecify.annotations.NullMarked;
