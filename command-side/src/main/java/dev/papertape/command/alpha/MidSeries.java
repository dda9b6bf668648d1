package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Common mids of one symbol, one each interval of feed time, oldest first. After a gap it begins
 * anew: a return never reaches over intervals in which there was no mid.
 */
public final class MidSeries {
  /** The feature that these are the values of, as the store keeps them. */
  private static final FeatureDefinition FEATURE = BuiltInFeatures.MID;

  private static final int LEAST_ROOM = 64;

  private final long intervalMs;
  private final Duration longestStep;
  private int capacity;
  private FeatureWindow.Point[] points;
  private double[] mids;
  private double[] logs;

  /** The kept ones are those of {@code [from, to)}. */
  private int from;

  private int to;

  /**
   * @param capacity samples kept, at least 1
   * @param interval between two samples; a sample that comes later than one and a half of them
   *     after the one before begins the series anew
   */
  public MidSeries(int capacity, Duration interval) {
    this.intervalMs = interval.toMillis();
    this.longestStep = interval.multipliedBy(3).dividedBy(2);
    this.capacity = capacity;
    int room = room();
    this.points = new FeatureWindow.Point[room];
    this.mids = new double[room];
    this.logs = new double[room];
  }

  /** Keeps this many samples from now on. */
  public void keep(int samples) {
    capacity = samples;
    from = Math.max(from, to - capacity);
    move(room());
  }

  /** Whether {@code feedTime} lies in a later interval than the newest sample. */
  public boolean isDue(Instant feedTime) {
    return size() == 0 || interval(feedTime) > interval(newestAt());
  }

  public void sample(Instant feedTime, BigDecimal mid) {
    if (size() > 0 && Duration.between(newestAt(), feedTime).compareTo(longestStep) > 0) {
      from = to;
    }
    if (to == mids.length) {
      move(mids.length);
    }
    points[to] = new FeatureWindow.Point(feedTime, mid.toPlainString());
    mids[to] = mid.doubleValue();
    // StrictMath: the same to the last bit on every machine.
    logs[to] = StrictMath.log(mids[to]);
    to++;
    from = Math.max(from, to - capacity);
  }

  public int size() {
    return to - from;
  }

  /** Time of the newest sample. */
  public Instant newestAt() {
    return points[to - 1].at();
  }

  /** The newest {@code count} mids, oldest first; a statistic's input, so doubles. */
  public double[] newest(int count) {
    return Arrays.copyOfRange(mids, begin(count), to);
  }

  /** Natural logarithms of what {@link #newest} returns. */
  public double[] newestLogs(int count) {
    return Arrays.copyOfRange(logs, begin(count), to);
  }

  /** What {@link #newest} returned, exactly and with its times. */
  public FeatureWindow window(int count) {
    return new FeatureWindow(
        FEATURE.name(), FEATURE.version(), List.of(Arrays.copyOfRange(points, begin(count), to)));
  }

  /** The newest {@code count} samples, or all there are, for another thread to look at. */
  MidSeries copy(int count) {
    MidSeries copy = new MidSeries(Math.max(count, 1), Duration.ofMillis(intervalMs));
    int first = Math.max(from, to - count);
    int length = to - first;
    System.arraycopy(points, first, copy.points, 0, length);
    System.arraycopy(mids, first, copy.mids, 0, length);
    System.arraycopy(logs, first, copy.logs, 0, length);
    copy.to = length;
    return copy;
  }

  private int begin(int count) {
    if (count > size()) {
      throw new IllegalArgumentException(count + " samples of " + size());
    }
    return to - count;
  }

  private long interval(Instant feedTime) {
    return Math.floorDiv(feedTime.toEpochMilli(), intervalMs);
  }

  /** Twice what is kept, so that it is moved once in as many samples as are kept. */
  private int room() {
    return Math.max(LEAST_ROOM, 2 * capacity);
  }

  private void move(int room) {
    int length = size();
    FeatureWindow.Point[] movedPoints = new FeatureWindow.Point[room];
    System.arraycopy(points, from, movedPoints, 0, length);
    double[] movedMids = new double[room];
    System.arraycopy(mids, from, movedMids, 0, length);
    double[] movedLogs = new double[room];
    System.arraycopy(logs, from, movedLogs, 0, length);
    points = movedPoints;
    mids = movedMids;
    logs = movedLogs;
    from = 0;
    to = length;
  }
}
