package dev.papertape.query.market;

import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent.VenueConnected;
import dev.papertape.contracts.market.MarketEvent.VenueDisconnected;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A venue as it was last registered, and its connection. */
record VenueView(
    Venue venue,
    VenueKind kind,
    List<String> endpoints,
    List<InstrumentRules> symbols,
    VenueFees fees,
    VenueLatency latency,
    List<String> capabilities,
    IntegrityScheme integrity,
    Connection connection) {

  /**
   * @param state {@code UNKNOWN} before the first connection, then {@code CONNECTED} or {@code
   *     DISCONNECTED}
   * @param since feed time, null while unknown
   * @param reconnects as told by the newest connection of this engine's life, null before one
   * @param reason why it was lost, null unless disconnected
   */
  record Connection(
      String state, @Nullable Instant since, @Nullable Long reconnects, @Nullable String reason) {
    static final Connection UNKNOWN = new Connection("UNKNOWN", null, null, null);

    static Connection of(VenueConnected connected) {
      return new Connection("CONNECTED", connected.feedTime(), connected.reconnects(), null);
    }

    Connection after(VenueDisconnected lost) {
      return new Connection("DISCONNECTED", lost.feedTime(), reconnects, lost.reason());
    }
  }

  static VenueView of(VenueRegistered registered, Connection connection) {
    return new VenueView(
        registered.venue(),
        registered.kind(),
        registered.endpoints(),
        registered.symbols(),
        registered.fees(),
        registered.latency(),
        registered.capabilities(),
        registered.integrity(),
        connection);
  }

  VenueView with(Connection changed) {
    return new VenueView(
        venue, kind, endpoints, symbols, fees, latency, capabilities, integrity, changed);
  }
}
