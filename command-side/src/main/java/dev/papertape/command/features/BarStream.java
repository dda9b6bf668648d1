package dev.papertape.command.features;

import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The 1m bars of one venue and symbol, and the features over them. A bar that comes late, is
 * revised or taken back makes every value anew from its own time on; what cannot be had any more is
 * taken back. Owned by the engine's thread.
 */
final class BarStream {
  /** Bars kept: a day of values with the longest look-back before it. */
  static final int CAPACITY = 2_000;

  private static final long ANY = -1L;

  private final List<BarFeature> features;
  private final List<FeatureSeries> series;
  private final List<BarPoint> bars = new ArrayList<>();

  /** Of each minute the features that may have a value, a bit each; of bars and of those gone. */
  private final Map<Instant, Long> valued = new HashMap<>();

  /** Minutes whose bar is not used any more, and whose values are still to be taken back. */
  private final NavigableSet<Instant> gone = new TreeSet<>();

  private final int longestLookBack;
  private int done;

  BarStream(Venue venue, Symbol symbol, List<BarFeature> features) {
    if (features.size() > Long.SIZE) {
      throw new IllegalArgumentException(features.size() + " features have no bit each");
    }
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
    gone.remove(bar.openTime());
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
      valued.remove(bars.removeFirst().openTime());
      done = Math.max(0, done - 1);
    }
  }

  /** Tells the bars that are kept, oldest first. */
  void each(Consumer<BarPoint> taker) {
    bars.forEach(taker);
  }

  /** The minute's bar is not to be used any more, if there is one. */
  void remove(Instant openTime) {
    int at = indexOf(openTime);
    if (at >= 0) {
      bars.remove(at);
      done = Math.min(done, at);
      if (valued.containsKey(openTime)) {
        gone.add(openTime);
      }
    }
  }

  /**
   * An earlier life may have put any value of these bars, and of those minutes whose bar is not to
   * be used; the values of all but the newest bars are known already.
   */
  void recalled(Collection<Instant> unused, int newest) {
    bars.forEach(bar -> valued.put(bar.openTime(), ANY));
    for (Instant openTime : unused) {
      if (indexOf(openTime) < 0) {
        valued.put(openTime, ANY);
        gone.add(openTime);
      }
    }
    done = Math.max(done, bars.size() - newest);
  }

  /** Whether there are bars whose values are still to be computed, or to be taken back. */
  boolean isBehind() {
    return done < bars.size() || !gone.isEmpty();
  }

  /**
   * Computes the values of the oldest bars that are still to be done.
   *
   * @param most bars
   * @return bars done, those that are not used any more among them
   */
  int compute(int most, EngineMoment moment, Consumer<FeatureValue> out) {
    int worked = 0;
    for (; worked < most && !gone.isEmpty(); worked++) {
      Instant openTime = gone.removeFirst();
      Long before = valued.remove(openTime);
      settle(openTime, before == null ? 0 : before, 0, moment, out);
    }
    for (; worked < most && done < bars.size(); worked++) {
      values(done, moment, out);
      done++;
    }
    return worked;
  }

  /** Takes back the values of features that had one and have none now. */
  private void settle(
      Instant openTime, long before, long now, EngineMoment moment, Consumer<FeatureValue> out) {
    long lost = before & ~now;
    for (int f = 0; f < features.size(); f++) {
      if ((lost & 1L << f) != 0) {
        out.accept(value(f, BarPoint.closeTime(openTime), moment, null));
      }
    }
  }

  private FeatureValue value(
      int feature, Instant eventTime, EngineMoment moment, @Nullable Double value) {
    return new FeatureValue(
        series.get(feature), eventTime, moment.feedTime(), moment.epoch(), moment.frame(), value);
  }

  private void values(int newest, EngineMoment moment, Consumer<FeatureValue> out) {
    int run = BarRun.endingAt(bars, newest, longestLookBack, BarPoint::openTime);
    BarWindow window = new BarWindow(bars, newest - run + 1, run);
    Instant openTime = bars.get(newest).openTime();
    Instant eventTime = bars.get(newest).closeTime();
    long now = 0;
    for (int f = 0; f < features.size(); f++) {
      BarFeature feature = features.get(f);
      int lookBack = feature.definition().lookBack();
      if (lookBack <= run) {
        double value = feature.online().applyAsDouble(window.newest(lookBack));
        if (Double.isFinite(value)) {
          now |= 1L << f;
          out.accept(value(f, eventTime, moment, value));
        }
      }
    }
    Long before = valued.put(openTime, now);
    settle(openTime, before == null ? 0 : before, now, moment, out);
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
