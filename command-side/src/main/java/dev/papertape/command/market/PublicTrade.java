package dev.papertape.command.market;

import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;

/**
 * A trade printed by a venue.
 *
 * @param price scaled
 * @param quantity scaled
 * @param aggressor the taker's side
 */
public record PublicTrade(
    Venue venue, Symbol symbol, long price, long quantity, Side aggressor, Instant exchangeTime) {}
