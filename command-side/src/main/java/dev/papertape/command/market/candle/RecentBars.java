package dev.papertape.command.market.candle;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The newest usable bars of a stream, for its neighbours to compare with. */
final class RecentBars {
  private static final int KEPT = 1440;

  private final NavigableMap<Instant, Bar> bars = new TreeMap<>();
  private final NavigableSet<Instant> held = new TreeSet<>();

  void add(Bar bar) {
    held.remove(bar.openTime());
    bars.put(bar.openTime(), bar);
    if (bars.size() > KEPT) {
      bars.pollFirstEntry();
    }
  }

  /** The minute has a bar that may yet turn out good, or bad for good. */
  void held(Instant openTime) {
    held.add(openTime);
    if (held.size() > KEPT) {
      held.pollFirst();
    }
  }

  /** Whether the minute has a bar that could be one, used or not. */
  boolean isKnown(Instant openTime) {
    return bars.containsKey(openTime) || held.contains(openTime);
  }

  boolean isEmpty() {
    return bars.isEmpty();
  }

  @Nullable Bar at(Instant openTime) {
    return bars.get(openTime);
  }
}
