package dev.papertape.command.market;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;

/**
 * How the engine asks a venue for a book's snapshot. Must return at once; the answer comes back as
 * a {@link VenueInput.DepthSnapshot} or {@link VenueInput.SnapshotFailed} with the same epoch.
 */
@FunctionalInterface
public interface SnapshotRequests {
  /** Of recordings: their snapshots stand in them. */
  SnapshotRequests NONE = (venue, symbol, epoch) -> {};

  void request(Venue venue, Symbol symbol, long epoch);
}
