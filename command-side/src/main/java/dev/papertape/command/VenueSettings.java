package dev.papertape.command;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.net.URI;
import java.util.List;

/**
 * A venue to connect to.
 *
 * @param wire the protocol it speaks
 * @param rest base URI of its REST endpoints
 * @param stream base URI of its WebSocket
 */
public record VenueSettings(
    Venue venue,
    VenueKind kind,
    WireProtocol wire,
    URI rest,
    URI stream,
    List<Symbol> symbols,
    VenueFees fees,
    VenueLatency latency) {
  public VenueSettings {
    symbols = List.copyOf(symbols);
  }
}
