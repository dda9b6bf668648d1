/**
 * Decides where an order goes: gates, cost in bps, split. Pure functions; called by the engine
 * only.
 */
@NullMarked
package dev.papertape.command.router;

import org.jspecify.annotations.NullMarked;
