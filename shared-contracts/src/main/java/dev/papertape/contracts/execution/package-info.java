/**
 * An order's life as facts on stream {@code order:<orderId>}, and the paper account as facts on
 * stream {@code portfolio:paper}. Written by the engine only. No type here ever reaches a real
 * venue.
 */
@NullMarked
package dev.papertape.contracts.execution;

import org.jspecify.annotations.NullMarked;
