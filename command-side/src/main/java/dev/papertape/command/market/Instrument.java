package dev.papertape.command.market;

import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueLatency;

/** One symbol at one venue, with everything that routing and filling need to know of it. */
public record Instrument(
    Venue venue, InstrumentRules rules, Scale scale, VenueFees fees, VenueLatency latency) {
  public Symbol symbol() {
    return rules.symbol();
  }
}
