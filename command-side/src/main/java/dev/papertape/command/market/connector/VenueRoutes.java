package dev.papertape.command.market.connector;

import dev.papertape.command.VenueSettings;

/** Which addresses a connector uses to reach a venue; what is shown of it are its own. */
@FunctionalInterface
public interface VenueRoutes {
  /** The venue's own addresses. */
  VenueRoutes DIRECT = venue -> venue;

  /** The same venue with the addresses to use. */
  VenueSettings route(VenueSettings venue);
}
