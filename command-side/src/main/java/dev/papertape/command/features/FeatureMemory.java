package dev.papertape.command.features;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.alpha.FeatureWindow.Point;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest values of each series, for alphas. Owned by the engine's thread. */
final class FeatureMemory {
  static final int POINTS = 64;

  /** Between the name of a feature and its venue in the name of a window. */
  static final char AT_VENUE = '@';

  private record Key(String symbol, String name, String venue) {}

  private static final class Recent {
    private final int version;
    private final NavigableMap<Instant, Double> values = new TreeMap<>();

    private Recent(int version) {
      this.version = version;
    }
  }

  private final Map<Key, Recent> recent = new HashMap<>();

  void keep(FeatureValue value) {
    FeatureSeries series = value.series();
    Recent kept =
        recent.computeIfAbsent(
            new Key(series.symbol(), series.name(), series.venue()),
            _ -> new Recent(series.version()));
    Double number = value.value();
    if (number == null) {
      kept.values.remove(value.eventTime());
      return;
    }
    kept.values.put(value.eventTime(), number);
    if (kept.values.size() > POINTS) {
      kept.values.pollFirstEntry();
    }
  }

  /**
   * @throws IllegalArgumentException for other than 1 to {@value #POINTS} points
   */
  @Nullable FeatureWindow newest(Symbol symbol, String name, @Nullable Venue venue, int points) {
    if (points < 1 || points > POINTS) {
      throw new IllegalArgumentException(points + " points of " + name + ", kept are " + POINTS);
    }
    String at = venue == null ? FeatureSeries.ALL_VENUES : venue.name();
    Recent kept = recent.get(new Key(symbol.value(), name, at));
    if (kept == null || kept.values.size() < points) {
      return null;
    }
    List<Point> newest = new ArrayList<>(points);
    for (Map.Entry<Instant, Double> value : kept.values.descendingMap().entrySet()) {
      if (newest.size() < points) {
        newest.add(new Point(value.getKey(), decimal(value.getValue())));
      }
    }
    return new FeatureWindow(windowName(name, venue), kept.version, newest.reversed());
  }

  /** Venues with a value of that time or later, by name. */
  List<Venue> venues(Symbol symbol, String name, Instant since) {
    List<Venue> venues = new ArrayList<>();
    recent.forEach(
        (key, kept) -> {
          if (key.symbol.equals(symbol.value())
              && key.name.equals(name)
              && !key.venue.equals(FeatureSeries.ALL_VENUES)
              && !kept.values.isEmpty()
              && !kept.values.lastKey().isBefore(since)) {
            venues.add(new Venue(key.venue));
          }
        });
    venues.sort(null);
    return List.copyOf(venues);
  }

  static String windowName(String name, @Nullable Venue venue) {
    return venue == null ? name : name + AT_VENUE + venue;
  }

  /** The shortest decimal that reads back as the same double. */
  private static String decimal(double value) {
    return new BigDecimal(Double.toString(value)).toPlainString();
  }
}
