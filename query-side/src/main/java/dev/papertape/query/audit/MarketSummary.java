package dev.papertape.query.audit;

import static dev.papertape.query.audit.EventSummary.decimals;

import dev.papertape.contracts.market.MarketEvent;

/** What happened to a venue, in a sentence. */
final class MarketSummary {
  private MarketSummary() {}

  static String of(MarketEvent event) {
    return switch (event) {
      case MarketEvent.VenueRegistered registered ->
          "Registered %s venue %s with %d symbols"
              .formatted(registered.kind(), registered.venue(), registered.symbols().size());
      case MarketEvent.VenueConnected connected ->
          "Connected to %s at %s".formatted(connected.venue(), connected.endpoint());
      case MarketEvent.VenueDisconnected lost ->
          "Lost %s: %s".formatted(lost.venue(), lost.reason());
      case MarketEvent.BookResynced synced ->
          "Synced the %s book of %s after %s in %d attempt(s)"
              .formatted(synced.symbol(), synced.venue(), synced.reason(), synced.attempts());
      case MarketEvent.VenueScored scored ->
          "Scored %s %s (%s)%s"
              .formatted(
                  scored.venue(),
                  decimals(scored.score()),
                  scored.state(),
                  scored.gates().isEmpty() ? "" : ", shut by " + String.join(", ", scored.gates()));
      case MarketEvent.CandlesSynced synced ->
          "Synced %d %s candles of %s at %s up to %s from %s"
              .formatted(
                  synced.bars(),
                  synced.interval().text(),
                  synced.symbol() == null ? "all symbols" : synced.symbol(),
                  synced.venue(),
                  synced.to(),
                  synced.source());
    };
  }
}
