/**
 * How a combined signal becomes a quantity, with every cap. Written by the engine; read by
 * projections and the audit. Never holds an order.
 */
@NullMarked
package dev.papertape.contracts.sizing;

import org.jspecify.annotations.NullMarked;
