package dev.papertape.command.features;

import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The 1m bars of one venue and symbol, and the features over them. A bar that comes late, is
 * revised or taken back makes every value anew from its own time on. Owned by the engine's thread.
 */
final class BarStream {
  /** Bars kept: a day of values with the longest look-back before it. */
  static final int CAPACITY = 2_000;

  private final List<BarFeature> features;
  private final List<FeatureSeries> series;
  private final List<BarPoint> bars = new ArrayList<>();
  private final int longestLookBack;
  private int done;

  BarStream(Venue venue, Symbol symbol, List<BarFeature> features) {
    this.features = features;
    this.series =
        features.stream().map(feature -> seriesOf(feature.definition(), venue, symbol)).toList();
    this.longestLookBack =
        features.stream().mapToInt(each -> each.definition().lookBack()).max().orElse(1);
  }

  private static FeatureSeries seriesOf(FeatureDefinition definition, Venue venue, Symbol symbol) {
    return new FeatureSeries(
        venue.name(), symbol.value(), definition.name(), definition.version(), false);
  }

  /** Takes an accepted bar; replaces an earlier one of the same minute. */
  void put(BarPoint bar) {
    int at = indexOf(bar.openTime());
    if (at >= 0) {
      if (!bars.get(at).equals(bar)) {
        bars.set(at, bar);
        done = Math.min(done, at);
      }
      return;
    }
    int before = -at - 1;
    if (before == 0 && bars.size() == CAPACITY) {
      return;
    }
    bars.add(before, bar);
    done = Math.min(done, before);
    if (bars.size() > CAPACITY) {
      bars.removeFirst();
      done = Math.max(0, done - 1);
    }
  }

  /** The minute's bar is not to be used any more, if there is one. */
  void remove(Instant openTime) {
    int at = indexOf(openTime);
    if (at >= 0) {
      bars.remove(at);
      done = Math.min(done, at);
    }
  }

  /** The values of all but the newest bars are known already. */
  void skipAllBut(int newest) {
    done = Math.max(done, bars.size() - newest);
  }

  /** Whether there are bars whose values are still to be computed. */
  boolean isBehind() {
    return done < bars.size();
  }

  /**
   * Computes the values of the oldest bars that are still to be done.
   *
   * @param most bars
   * @return bars done
   */
  int compute(int most, EngineMoment moment, Consumer<FeatureValue> out) {
    int begun = done;
    while (isBehind() && done - begun < most) {
      values(done, moment, out);
      done++;
    }
    return done - begun;
  }

  private void values(int newest, EngineMoment moment, Consumer<FeatureValue> out) {
    int run = BarRun.endingAt(bars, newest, longestLookBack, BarPoint::openTime);
    BarWindow window = new BarWindow(bars, newest - run + 1, run);
    Instant eventTime = bars.get(newest).closeTime();
    for (int f = 0; f < features.size(); f++) {
      BarFeature feature = features.get(f);
      int lookBack = feature.definition().lookBack();
      if (lookBack <= run) {
        double value = feature.online().applyAsDouble(window.newest(lookBack));
        if (Double.isFinite(value)) {
          out.accept(
              new FeatureValue(
                  series.get(f),
                  eventTime,
                  moment.feedTime(),
                  moment.epoch(),
                  moment.frame(),
                  value));
        }
      }
    }
  }

  /** As {@link java.util.Collections#binarySearch}; most bars come at the end. */
  private int indexOf(Instant openTime) {
    if (bars.isEmpty() || bars.getLast().openTime().isBefore(openTime)) {
      return -bars.size() - 1;
    }
    int low = 0;
    int high = bars.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = bars.get(middle).openTime().compareTo(openTime);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
