package dev.papertape.command.market.connector;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.List;

/**
 * What one call gave of a stream's one-minute candles; see {@link
 * dev.papertape.command.market.VenueInput.CandlesFetched}.
 *
 * @param malformed what was wrong with each row that did not parse
 */
record CandlePage(Instant from, Instant to, List<Bar> bars, List<String> malformed) {}
