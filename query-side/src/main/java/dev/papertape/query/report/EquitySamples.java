package dev.papertape.query.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The account's equity at equal steps of feed time, newest last; where nothing moved it is what it
 * was.
 *
 * @param stepSeconds between two samples
 */
record EquitySamples(int stepSeconds, List<Sample> samples) {
  static final double SECONDS_A_YEAR = 365 * 86_400.0;

  private static final int DRAWN = 360;

  /**
   * @param at feed second at whose end it was so
   * @param account how many accounts there were: the next one's equity is no return on this one's
   */
  record Sample(long at, long account, BigDecimal equity) {}

  /**
   * By how much of the window there is an account: 1 s up to an hour, 1 min up to a day, 5 min up
   * to seven, else 1 h. So a young account has figures too.
   */
  static int step(long coveredSeconds) {
    if (coveredSeconds <= 3_600) {
      return 1;
    }
    if (coveredSeconds <= 86_400) {
      return 60;
    }
    return coveredSeconds <= 7 * 86_400 ? 300 : 3_600;
  }

  /**
   * @param known rows, oldest first; the newest of them at or before {@code first} counts from
   *     there
   * @param last second of the newest sample
   */
  static EquitySamples of(List<Sample> known, int step, long first, long last) {
    List<Sample> samples = new ArrayList<>();
    int next = 0;
    Sample current = null;
    long begin = last - Math.floorDiv(last - first, (long) step) * step;
    for (long at = begin; at <= last; at += step) {
      while (next < known.size() && known.get(next).at <= at) {
        current = known.get(next++);
      }
      if (current != null) {
        samples.add(new Sample(at, current.account, current.equity));
      }
    }
    return new EquitySamples(step, samples);
  }

  double periodsPerYear() {
    return SECONDS_A_YEAR / stepSeconds;
  }

  /** Null where a new account began, since that is no return. */
  List<@Nullable Double> equity() {
    List<@Nullable Double> equity = new ArrayList<>();
    long account = samples.isEmpty() ? 0 : samples.getFirst().account;
    for (Sample sample : samples) {
      if (sample.account != account) {
        equity.add(null);
        account = sample.account;
      }
      equity.add(sample.equity.doubleValue());
    }
    return equity;
  }

  OptionalDouble average() {
    return samples.stream().mapToDouble(sample -> sample.equity.doubleValue()).average();
  }

  /** For a chart: every n-th, the newest among them. */
  List<EquityPoint> drawn() {
    int every = Math.max(1, Math.ceilDiv(samples.size(), DRAWN));
    List<EquityPoint> points = new ArrayList<>();
    for (int i = (samples.size() - 1) % every; i >= 0 && i < samples.size(); i += every) {
      Sample sample = samples.get(i);
      points.add(new EquityPoint(Instant.ofEpochSecond(sample.at), Cents.of(sample.equity)));
    }
    return points;
  }

  /** One point of the chart. */
  record EquityPoint(Instant at, BigDecimal equity) {}
}
