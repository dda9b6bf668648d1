package dev.papertape.command.features;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what one alpha read at one tick. That a built-in feature was not there is remembered
 * too, as a window without points: the decision may have been made because of it.
 */
public final class ReadFeatures implements FeatureReader {
  private final FeatureReader features;
  private final List<FeatureWindow> windows = new ArrayList<>();

  public ReadFeatures(FeatureReader features) {
    this.features = features;
  }

  @Override
  public @Nullable FeatureWindow newest(String name, @Nullable Venue venue, int points) {
    FeatureWindow window = features.newest(name, venue, points);
    if (window != null) {
      add(window);
    } else {
      BuiltInFeatures.find(name).ifPresent(each -> add(absent(each, venue)));
    }
    return window;
  }

  @Override
  public List<Venue> venues(String name, Instant since) {
    return features.venues(name, since);
  }

  private void add(FeatureWindow window) {
    if (!windows.contains(window)) {
      windows.add(window);
    }
  }

  private static FeatureWindow absent(FeatureDefinition definition, @Nullable Venue venue) {
    return new FeatureWindow(
        FeatureMemory.windowName(definition.name(), venue), definition.version(), List.of());
  }

  /** Each once, in the order in which they were read. */
  public List<FeatureWindow> windows() {
    return List.copyOf(windows);
  }
}
