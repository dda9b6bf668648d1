package dev.papertape.command.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;

/** Names a one-minute bar, whatever its figures. */
record BarKey(Venue venue, Symbol symbol, Instant openTime) {}
