package dev.papertape.command.features.parity;

import dev.papertape.command.features.BarFeature;
import dev.papertape.command.features.parity.ParityTally.Place;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the bar features of one venue and symbol. Every value is held against a backtest over
 * what was known before it was put; the newest of an event time also against what is known now, so
 * that a revision that the engine slept through is found, and a value that should have been taken
 * back. That there is none on either side is no comparison.
 */
public final class BarParity {
  /** Later bars that a backtest's series has: enough to catch who looks at them. */
  private static final int FOLLOWING = 20;

  private final Venue venue;
  private final Symbol symbol;
  private final List<BarFeature> features;
  private final KnownBars known;
  private final ParityRange range;
  private final int longestLookBack;
  private final List<Bar> now;
  private final BarBacktest backtest = new BarBacktest();

  /**
   * @param history of the range, and before it of as many bars as the longest look-back
   */
  public BarParity(
      Venue venue,
      Symbol symbol,
      List<BarFeature> features,
      List<KnownBar> history,
      ParityRange range) {
    this.venue = venue;
    this.symbol = symbol;
    this.features = features;
    this.known = new KnownBars(history);
    this.range = range;
    this.longestLookBack =
        features.stream().mapToInt(each -> each.definition().lookBack()).max().orElse(1);
    this.now = known.before(range.knownUntil());
  }

  /**
   * @param online by feature name, in order of event time and availability
   */
  public void check(Map<String, List<OnlineValue>> online, ParityTallies tallies) {
    Map<String, NavigableMap<Instant, List<OnlineValue>>> put = new HashMap<>();
    online.forEach((name, values) -> put.put(name, byEventTime(values)));
    for (Instant eventTime : eventTimes(put)) {
      Map<Instant, BarBacktest.At> knownAt = new HashMap<>();
      for (BarFeature feature : features) {
        String name = feature.definition().name();
        List<OnlineValue> revisions =
            put.getOrDefault(name, new TreeMap<>()).getOrDefault(eventTime, List.of());
        check(feature, eventTime, revisions, knownAt, tallies.of(name));
      }
    }
  }

  private TreeSet<Instant> eventTimes(Map<String, NavigableMap<Instant, List<OnlineValue>>> put) {
    TreeSet<Instant> times = new TreeSet<>();
    put.values().forEach(values -> times.addAll(values.keySet()));
    for (Bar bar : now) {
      Instant eventTime = bar.openTime().plus(CandleInterval.ONE_MINUTE.length());
      if (range.contains(eventTime)) {
        times.add(eventTime);
      }
    }
    return times;
  }

  private static NavigableMap<Instant, List<OnlineValue>> byEventTime(List<OnlineValue> values) {
    NavigableMap<Instant, List<OnlineValue>> byTime = new TreeMap<>();
    for (OnlineValue value : values) {
      byTime.computeIfAbsent(value.eventTime(), _ -> new ArrayList<>()).add(value);
    }
    return byTime;
  }

  private void check(
      BarFeature feature,
      Instant eventTime,
      List<OnlineValue> revisions,
      Map<Instant, BarBacktest.At> knownAt,
      ParityTally tally) {
    Place place = new Place(symbol, venue, eventTime);
    for (OnlineValue value : revisions) {
      double expected = value(feature, eventTime, value.availableAt(), knownAt);
      Double online = value.value();
      if (online == null && !Double.isNaN(expected)) {
        tally.missingOnline(place, expected);
      } else if (online != null && Double.isNaN(expected)) {
        tally.missingBacktest(place, value.frame(), online);
      } else if (online != null) {
        tally.compare(place, value.frame(), online, expected);
      }
    }
    if (isOpen(eventTime, revisions)) {
      checkNewest(feature, place, revisions, knownAt, tally);
    }
  }

  private void checkNewest(
      BarFeature feature,
      Place place,
      List<OnlineValue> revisions,
      Map<Instant, BarBacktest.At> knownAt,
      ParityTally tally) {
    double settled = value(feature, place.eventTime(), range.settled(), knownAt);
    OnlineValue newest = revisions.isEmpty() ? null : revisions.getLast();
    Double online = newest == null ? null : newest.value();
    if (Double.isNaN(settled)) {
      if (newest != null
          && online != null
          && !Double.isNaN(value(feature, place.eventTime(), newest.availableAt(), knownAt))) {
        tally.missingBacktest(place, newest.frame(), online); // Right then, and not taken back.
      }
    } else if (online == null || !feature.definition().isWithinTolerance(online, settled)) {
      tally.missingOnline(place, settled);
    }
  }

  /**
   * Whether something was known that the newest value was not made of, long enough ago for the
   * engine to have put another.
   */
  private boolean isOpen(Instant eventTime, List<OnlineValue> revisions) {
    if (revisions.isEmpty()) {
      return true;
    }
    Instant newest = revisions.getLast().availableAt();
    Instant oldestOpen = eventTime.minus(KnownBars.longest(longestLookBack));
    return newest.isBefore(range.settled()) && known.changedSince(newest, oldestOpen, eventTime);
  }

  private double value(
      BarFeature feature, Instant eventTime, Instant moment, Map<Instant, BarBacktest.At> knownAt) {
    return knownAt.computeIfAbsent(moment, _ -> at(eventTime, moment)).value(feature);
  }

  private BarBacktest.At at(Instant eventTime, Instant moment) {
    Instant lastOpen = eventTime.minus(CandleInterval.ONE_MINUTE.length());
    List<Bar> then = known.before(moment);
    KnownBars.Window window = KnownBars.window(then, lastOpen, longestLookBack);
    int firstLater = KnownBars.firstAfter(now, lastOpen);
    return backtest.at(
        then.subList(window.first(), window.first() + window.size()),
        now.subList(firstLater, Math.min(now.size(), firstLater + FOLLOWING)));
  }
}
