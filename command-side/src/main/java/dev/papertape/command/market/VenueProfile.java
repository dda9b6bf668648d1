package dev.papertape.command.market;

import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.util.List;

/** A venue as configured: everything of it that no frame tells. */
public record VenueProfile(
    Venue venue,
    VenueKind kind,
    List<String> endpoints,
    VenueFees fees,
    VenueLatency latency,
    List<String> capabilities,
    IntegrityScheme integrity,
    CandleSource candles) {

  /** One whose stream tells every minute's candle, as Binance's does. */
  public VenueProfile(
      Venue venue,
      VenueKind kind,
      List<String> endpoints,
      VenueFees fees,
      VenueLatency latency,
      List<String> capabilities,
      IntegrityScheme integrity) {
    this(venue, kind, endpoints, fees, latency, capabilities, integrity, CandleSource.CLOSED_ROWS);
  }
}
