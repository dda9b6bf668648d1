/** Pre-trade guards (pure) and the trading-state aggregate. Never routes. */
@NullMarked
package dev.papertape.command.guards;

import org.jspecify.annotations.NullMarked;
