package dev.papertape.command.chaos;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.util.List;
import java.util.Objects;

/** Which books a fault may cost for a while; all others must stay in order. Pure. */
record BlastRadius(ExperimentStarted plan, List<VenueSettings> venues) {

  boolean covers(Venue venue, Symbol symbol) {
    ChaosTarget target = plan.target();
    return venue.equals(target.venue()) && (isWholeSocket(venue) || symbol.equals(target.symbol()));
  }

  /** Coinbase numbers its messages over all channels of a connection: one loss is everybody's. */
  private boolean isWholeSocket(Venue venue) {
    return plan.type() == ChaosType.WS_FLAP
        || (plan.type() == ChaosType.L2_GAP && Objects.equals(wire(venue), WireProtocol.COINBASE));
  }

  private WireProtocol wire(Venue venue) {
    return venues.stream()
        .filter(each -> each.venue().equals(venue))
        .map(VenueSettings::wire)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no venue " + venue));
  }
}
