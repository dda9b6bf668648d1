package dev.papertape.query.router;

import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueQos;
import java.time.Instant;
import java.util.List;

/** A venue as the router last scored it; fields as in {@link VenueScored}. */
record VenueScoreView(
    Venue venue, double score, VenueQos qos, BookState state, List<String> gates, Instant at) {

  static VenueScoreView of(VenueScored scored) {
    return new VenueScoreView(
        scored.venue(),
        scored.score(),
        scored.qos(),
        scored.state(),
        scored.gates(),
        scored.feedTime());
  }
}
