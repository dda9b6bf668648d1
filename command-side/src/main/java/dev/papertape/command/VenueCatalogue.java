package dev.papertape.command;

import java.util.List;

/**
 * The venues to connect to. Made from {@link PapertapeProperties}, unless the application knows
 * better (standalone starts its own simulator and asks it for its addresses).
 */
@FunctionalInterface
public interface VenueCatalogue {
  List<VenueSettings> venues();
}
