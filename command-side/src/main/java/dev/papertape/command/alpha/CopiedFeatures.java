package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest values of named features as they are now, for another thread to look at. */
final class CopiedFeatures implements FeatureReader {
  /** As many as the engine keeps, then fewer, until there are as many. */
  private static final int MOST_POINTS = 64;

  /** What is older is of a venue that has been silent for long. */
  private static final Duration OLDEST = Duration.ofHours(1);

  private record Series(String name, @Nullable Venue venue) {}

  private final Map<Series, FeatureWindow> windows = new HashMap<>();

  CopiedFeatures(List<String> names, FeatureReader engine, Instant now) {
    for (String name : names) {
      if (BuiltInFeatures.find(name).isPresent()) {
        copy(engine, new Series(name, null));
        for (Venue venue : engine.venues(name, now.minus(OLDEST))) {
          copy(engine, new Series(name, venue));
        }
      }
    }
  }

  private void copy(FeatureReader engine, Series series) {
    for (int points = MOST_POINTS; points > 0; points--) {
      FeatureWindow window = engine.newest(series.name(), series.venue(), points);
      if (window != null) {
        windows.put(series, window);
        return;
      }
    }
  }

  @Override
  public @Nullable FeatureWindow newest(String name, @Nullable Venue venue, int points) {
    if (points < 1 || points > MOST_POINTS) {
      throw new IllegalArgumentException(points + " points of " + name);
    }
    FeatureWindow kept = windows.get(new Series(name, venue));
    if (kept == null || kept.points().size() < points) {
      return null;
    }
    int size = kept.points().size();
    return new FeatureWindow(
        kept.feature(), kept.version(), List.copyOf(kept.points().subList(size - points, size)));
  }

  @Override
  public List<Venue> venues(String name, Instant since) {
    List<Venue> venues = new ArrayList<>();
    windows.forEach(
        (series, window) -> {
          Venue venue = series.venue();
          if (venue != null
              && series.name().equals(name)
              && !window.points().getLast().at().isBefore(since)) {
            venues.add(venue);
          }
        });
    venues.sort(null);
    return List.copyOf(venues);
  }
}
