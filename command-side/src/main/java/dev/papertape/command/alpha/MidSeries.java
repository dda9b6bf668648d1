package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Common mids of one symbol, one each second of feed time, oldest first. After a gap it begins
 * anew: a return never reaches over seconds in which there was no mid.
 */
public final class MidSeries {
  /** The feature that these are the values of, as the store keeps them. */
  private static final FeatureDefinition FEATURE = BuiltInFeatures.MID;

  /** Ticks come ten times a second, so a sample may be late by almost one. */
  private static final Duration LONGEST_STEP = Duration.ofMillis(1_500);

  private int capacity;
  private final Deque<FeatureWindow.Point> points = new ArrayDeque<>();
  private final Deque<Double> mids = new ArrayDeque<>();

  MidSeries(int capacity) {
    this.capacity = capacity;
  }

  /** Keeps this many samples from now on. */
  void keep(int samples) {
    capacity = samples;
    while (points.size() > capacity) {
      points.removeFirst();
      mids.removeFirst();
    }
  }

  /** Whether {@code feedTime} lies in a later second than the newest sample. */
  boolean isDue(Instant feedTime) {
    return points.isEmpty() || feedTime.getEpochSecond() > points.getLast().at().getEpochSecond();
  }

  void sample(Instant feedTime, BigDecimal mid) {
    if (!points.isEmpty()
        && Duration.between(points.getLast().at(), feedTime).compareTo(LONGEST_STEP) > 0) {
      points.clear();
      mids.clear();
    }
    points.addLast(new FeatureWindow.Point(feedTime, mid.toPlainString()));
    mids.addLast(mid.doubleValue());
    if (points.size() > capacity) {
      points.removeFirst();
      mids.removeFirst();
    }
  }

  public int size() {
    return points.size();
  }

  /** The newest {@code count} mids, oldest first; a statistic's input, so doubles. */
  public double[] newest(int count) {
    return mids.stream().skip(mids.size() - count).mapToDouble(Double::doubleValue).toArray();
  }

  /** What {@link #newest} returned, exactly and with its times. */
  FeatureWindow window(int count) {
    List<FeatureWindow.Point> all = new ArrayList<>(points);
    return new FeatureWindow(
        FEATURE.name(),
        FEATURE.version(),
        List.copyOf(all.subList(all.size() - count, all.size())));
  }
}
