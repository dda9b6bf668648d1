package dev.papertape.command.features.parity;

import dev.papertape.command.features.BarRun;
import dev.papertape.contracts.market.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One stream's bars with everything that was known of them when. */
final class KnownBars {
  private final NavigableMap<Instant, List<KnownBar>> byOpenTime = new TreeMap<>();
  private final NavigableMap<Instant, Long> changes = new TreeMap<>();
  private final Map<Long, List<Bar>> asKnown = new HashMap<>();

  KnownBars(List<KnownBar> history) {
    history.stream()
        .sorted(Comparator.comparing(KnownBar::knownAt))
        .forEach(
            known -> {
              byOpenTime.computeIfAbsent(known.bar().openTime(), _ -> new ArrayList<>()).add(known);
              changes.merge(known.knownAt(), 1L, Long::sum);
            });
  }

  /**
   * The usable bars as known before {@code moment}, in order of open time. Before, since the engine
   * takes an input after the tick that stands at the same time.
   */
  List<Bar> before(Instant moment) {
    NavigableMap<Instant, Long> earlier = changes.headMap(moment, false);
    // Nothing changes between two inputs, so moments between them share what was known.
    long key = earlier.isEmpty() ? Long.MIN_VALUE : nanos(earlier.lastKey());
    return asKnown.computeIfAbsent(key, _ -> usable(moment));
  }

  /** Whether what was known of the bars that open in [from, to) changed at or after a moment. */
  boolean changedSince(Instant moment, Instant from, Instant to) {
    return byOpenTime.subMap(from, true, to, false).values().stream()
        .anyMatch(versions -> !versions.getLast().knownAt().isBefore(moment));
  }

  /**
   * The newest bars of the unbroken run whose last bar opened at {@code lastOpen}.
   *
   * @return the index of the first and the number of bars; 0 bars where that one is not there
   */
  static Window window(List<Bar> bars, Instant lastOpen, int most) {
    int last = indexOf(bars, lastOpen);
    if (last < 0) {
      return new Window(0, 0);
    }
    int run = BarRun.endingAt(bars, last, most, Bar::openTime);
    return new Window(last - run + 1, run);
  }

  record Window(int first, int size) {}

  /** Index of the first bar that opens later; the number of bars if there is none. */
  static int firstAfter(List<Bar> bars, Instant openTime) {
    int at = Collections.binarySearch(bars, openTime, KnownBars::byOpenTime);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The longest time that a run of so many bars can take. */
  static Duration longest(int bars) {
    return BarRun.LONGEST_HOLE.multipliedBy(bars);
  }

  private static int indexOf(List<Bar> bars, Instant openTime) {
    return Collections.binarySearch(bars, openTime, KnownBars::byOpenTime);
  }

  /** The key stands among the bars' times. */
  private static int byOpenTime(Object a, Object b) {
    return openTime(a).compareTo(openTime(b));
  }

  private static Instant openTime(Object barOrTime) {
    return barOrTime instanceof Bar bar ? bar.openTime() : (Instant) barOrTime;
  }

  private List<Bar> usable(Instant moment) {
    List<Bar> bars = new ArrayList<>();
    for (List<KnownBar> versions : byOpenTime.values()) {
      for (KnownBar version : versions.reversed()) {
        if (version.knownAt().isBefore(moment)) {
          if (version.isUsable()) {
            bars.add(version.bar());
          }
          break;
        }
      }
    }
    return bars;
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
