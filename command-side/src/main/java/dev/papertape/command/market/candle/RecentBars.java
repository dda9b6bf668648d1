package dev.papertape.command.market.candle;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest usable bars of a stream, for its neighbours to compare with. */
final class RecentBars {
  private static final int KEPT = 1440;

  private final NavigableMap<Instant, Bar> bars = new TreeMap<>();

  void add(Bar bar) {
    bars.put(bar.openTime(), bar);
    if (bars.size() > KEPT) {
      bars.pollFirstEntry();
    }
  }

  boolean isEmpty() {
    return bars.isEmpty();
  }

  @Nullable Bar at(Instant openTime) {
    return bars.get(openTime);
  }
}
