package dev.papertape.command.features;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The features of one symbol as an alpha may read them: what the engine has computed by now. What
 * is read goes into the provenance of the decision that follows.
 */
@FunctionalInterface
public interface FeatureReader {
  /**
   * The newest values, oldest first.
   *
   * @param name of a built-in feature
   * @param venue null for a feature of all venues
   * @param points 1 to {@value FeatureMemory#POINTS}
   * @return null while there are fewer; its name is {@code name} or {@code name@VENUE}
   * @throws IllegalArgumentException for another number of points
   */
  @Nullable FeatureWindow newest(String name, @Nullable Venue venue, int points);

  /**
   * Venues at which the feature has a value of that time or later, by name. A venue that is not
   * among them is silent or out of order, and no decision should rest on what it said before.
   */
  default List<Venue> venues(String name, Instant since) {
    return List.of();
  }
}
