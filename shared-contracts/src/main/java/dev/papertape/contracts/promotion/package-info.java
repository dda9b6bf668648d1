/**
 * An alpha's way from incubation to active: its commands, its events, the gates and the policies
 * that set them. Written by the promotion aggregates; read by the alphas' registry and by
 * projections. Never trades.
 */
@NullMarked
package dev.papertape.contracts.promotion;

import org.jspecify.annotations.NullMarked;
