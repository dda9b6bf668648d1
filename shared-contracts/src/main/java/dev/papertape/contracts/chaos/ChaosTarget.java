package dev.papertape.contracts.chaos;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import org.jspecify.annotations.Nullable;

/**
 * Where a fault strikes: the blast radius.
 *
 * @param venue whose wire it is
 * @param symbol one book of it; null for the whole venue
 * @param provider whose REST calls; null where it is about a socket
 */
public record ChaosTarget(
    @Nullable Venue venue, @Nullable Symbol symbol, @Nullable String provider) {

  /** Whether both strike something in common. */
  public boolean overlaps(ChaosTarget other) {
    return scope().equals(other.scope())
        && (symbol == null || other.symbol == null || symbol.equals(other.symbol));
  }

  private String scope() {
    return venue != null ? venue.name() : String.valueOf(provider);
  }
}
