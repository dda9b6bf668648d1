/**
 * What the venues' wires share: where messages go, how a book is seen to some depth, decimals.
 * Called by each wire's package and by the server. Knows no venue's format.
 */
@NullMarked
package dev.papertape.simulator.wire;

import org.jspecify.annotations.NullMarked;
