/** Strategies: what to hold, from features only. Pure; called by the engine at its ticks. */
@NullMarked
package dev.papertape.command.alpha;

import org.jspecify.annotations.NullMarked;
