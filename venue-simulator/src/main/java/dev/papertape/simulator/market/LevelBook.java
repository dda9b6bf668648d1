package dev.papertape.simulator.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Aggregated book in ticks and lots. Every change of a level takes one update id, so a diff over
 * any range of ids and a snapshot at any id fit together. Invariant: best bid below best ask.
 */
public final class LevelBook {

  private static final Comparator<Long> HIGHEST_FIRST = Comparator.reverseOrder();

  private final NavigableMap<Long, Long> bids = new TreeMap<>(HIGHEST_FIRST);
  private final NavigableMap<Long, Long> asks = new TreeMap<>();
  private final List<DiffCollector> collectors = new ArrayList<>();
  private long updateId;

  LevelBook(long firstUpdateId) {
    this.updateId = firstUpdateId;
  }

  /** Id of the latest change. */
  public long updateId() {
    return updateId;
  }

  /** The best {@code limit} levels, best first. */
  public List<Level> levels(Side side, int limit) {
    return of(side).entrySet().stream()
        .limit(limit)
        .map(entry -> new Level(entry.getKey(), entry.getValue()))
        .toList();
  }

  public OptionalLong best(Side side) {
    NavigableMap<Long, Long> levels = of(side);
    return levels.isEmpty() ? OptionalLong.empty() : OptionalLong.of(levels.firstKey());
  }

  long lots(Side side, long ticks) {
    return of(side).getOrDefault(ticks, 0L);
  }

  int size(Side side) {
    return of(side).size();
  }

  /** Ticks of the level farthest from the touch. */
  long worst(Side side) {
    return of(side).lastKey();
  }

  /** The level at this price or the next one away from the touch, else the worst one. */
  long levelAtOrBehind(Side side, long ticks) {
    Map.Entry<Long, Long> found = of(side).ceilingEntry(ticks);
    return found == null ? worst(side) : found.getKey();
  }

  /**
   * Sets the displayed quantity of one price; 0 removes it.
   *
   * @throws IllegalStateException when that would cross or lock the book
   */
  void set(Side side, long ticks, long lots) {
    if (lots < 0 || ticks <= 0) {
      throw new IllegalArgumentException("level " + ticks + "/" + lots);
    }
    if (lots == 0) {
      if (of(side).remove(ticks) == null) {
        return;
      }
    } else {
      OptionalLong opposite = best(side.opposite());
      if (opposite.isPresent() && (opposite.getAsLong() - ticks) * side.betterIs() <= 0) {
        throw new IllegalStateException(side + " at " + ticks + " would cross " + opposite);
      }
      Long before = of(side).put(ticks, lots);
      if (before != null && before == lots) {
        return;
      }
    }
    updateId++;
    collectors.forEach(collector -> collector.touched(side).add(ticks));
  }

  /** Starts collecting changes for a stream of diffs. */
  public DiffCollector collect() {
    var collector = new DiffCollector();
    collectors.add(collector);
    return collector;
  }

  private NavigableMap<Long, Long> of(Side side) {
    return side == Side.BID ? bids : asks;
  }

  /** The prices touched since the last {@link #drain}. */
  public final class DiffCollector {

    private final NavigableSet<Long> touchedBids = new TreeSet<>(HIGHEST_FIRST);
    private final NavigableSet<Long> touchedAsks = new TreeSet<>();
    private long drainedId = updateId;

    private DiffCollector() {}

    public boolean isEmpty() {
      return drainedId == updateId;
    }

    /** The diff since the last call; starts the next one. */
    public BookDiff drain() {
      var diff = new BookDiff(drainedId + 1, updateId, changes(Side.BID), changes(Side.ASK));
      drainedId = updateId;
      touchedBids.clear();
      touchedAsks.clear();
      return diff;
    }

    private List<Level> changes(Side side) {
      return touched(side).stream().map(ticks -> new Level(ticks, lots(side, ticks))).toList();
    }

    private NavigableSet<Long> touched(Side side) {
      return side == Side.BID ? touchedBids : touchedAsks;
    }
  }
}
