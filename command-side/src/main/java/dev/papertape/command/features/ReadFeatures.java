package dev.papertape.command.features;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.market.Venue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what one alpha read at one tick. */
public final class ReadFeatures implements FeatureReader {
  private final FeatureReader features;
  private final List<FeatureWindow> windows = new ArrayList<>();

  public ReadFeatures(FeatureReader features) {
    this.features = features;
  }

  @Override
  public @Nullable FeatureWindow newest(String name, @Nullable Venue venue, int points) {
    FeatureWindow window = features.newest(name, venue, points);
    if (window != null && !windows.contains(window)) {
      windows.add(window);
    }
    return window;
  }

  /** Each once, in the order in which they were read. */
  public List<FeatureWindow> windows() {
    return List.copyOf(windows);
  }
}
