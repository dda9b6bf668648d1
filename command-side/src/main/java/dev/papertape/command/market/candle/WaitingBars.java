package dev.papertape.command.market.candle;

import dev.papertape.contracts.market.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Live bars that wait until nothing is missing before them. */
final class WaitingBars {
  private final NavigableMap<Instant, Bar> bars = new TreeMap<>();
  private @Nullable Instant since;
  private @Nullable Instant toldTo;

  void add(Bar bar) {
    bars.put(bar.openTime(), bar);
    toldTo(Minutes.after(bar.openTime()));
  }

  /** The feed has told every minute up to this one. */
  void toldTo(Instant end) {
    toldTo = toldTo == null || end.isAfter(toldTo) ? end : toldTo;
  }

  /** Up to where the feed has told; null before it has. */
  @Nullable Instant toldTo() {
    return toldTo;
  }

  boolean isEmpty() {
    return bars.isEmpty();
  }

  /** Of at least one. */
  Instant first() {
    return bars.firstKey();
  }

  /** Takes the first of at least one. */
  Bar poll() {
    return bars.pollFirstEntry().getValue();
  }

  /** Those from before {@code minute} wait no longer; returns whether any is left. */
  boolean dropBefore(Instant minute) {
    bars.headMap(minute).clear();
    since = bars.isEmpty() ? null : since;
    return !bars.isEmpty();
  }

  /** They come again with what is fetched. */
  void clear() {
    bars.clear();
    since = null;
    toldTo = null;
  }

  /** What is there now waits from now on, unless something waited before. */
  void look(Instant now) {
    since = bars.isEmpty() ? null : since == null ? now : since;
  }

  boolean haveWaited(Duration longest, Instant now) {
    return since != null && since.plus(longest).isBefore(now);
  }
}
