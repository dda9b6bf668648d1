/**
 * What kind of market each symbol is in. Written by the engine from past data only; read by alphas,
 * projections and the audit. Never decides a trade.
 */
@NullMarked
package dev.papertape.contracts.regime;

import org.jspecify.annotations.NullMarked;
