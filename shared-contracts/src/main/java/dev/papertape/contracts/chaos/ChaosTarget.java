package dev.papertape.contracts.chaos;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.util.Objects;
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

  /**
   * Whether both strike something in common; a venue's socket and its REST calls are two things.
   */
  public boolean overlaps(ChaosTarget other) {
    return Objects.equals(venue, other.venue)
        && Objects.equals(provider, other.provider)
        && (symbol == null || other.symbol == null || symbol.equals(other.symbol));
  }
}
