/**
 * What a venue, a symbol and a book state are called, and what happened to a venue's connection and
 * books. Written by the command side's market context; read by both sides. Never holds a tick.
 */
@NullMarked
package dev.papertape.contracts.market;

import org.jspecify.annotations.NullMarked;
