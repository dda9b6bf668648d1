package dev.papertape.simulator.wire;

import dev.papertape.simulator.market.Level;
import dev.papertape.simulator.market.LevelBook;
import dev.papertape.simulator.market.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A book's best levels as last published. A client that applies each change and then forgets what
 * lies beyond the depth has the same levels: what only fell out of sight is not told.
 */
public final class DepthView {

  /**
   * Absolute quantities, 0 removes; best first, removed levels last.
   *
   * @param bids of the bid side
   * @param asks of the ask side
   */
  public record Change(List<Level> bids, List<Level> asks) {}

  private final LevelBook book;
  private final int depth;
  private List<Level> bids;
  private List<Level> asks;
  private long updateId;

  public DepthView(LevelBook book, int depth) {
    this.book = book;
    this.depth = depth;
    this.bids = book.levels(Side.BID, depth);
    this.asks = book.levels(Side.ASK, depth);
    this.updateId = book.updateId();
  }

  /** As last published, best first. */
  public List<Level> levels(Side side) {
    return side == Side.BID ? bids : asks;
  }

  /** Catches up with the book; nothing if nothing within the depth changed. */
  public Optional<Change> advance() {
    if (updateId == book.updateId()) {
      return Optional.empty();
    }
    updateId = book.updateId();
    List<Level> newBids = book.levels(Side.BID, depth);
    List<Level> newAsks = book.levels(Side.ASK, depth);
    var change = new Change(changes(bids, newBids, Side.BID), changes(asks, newAsks, Side.ASK));
    bids = newBids;
    asks = newAsks;
    return change.bids().isEmpty() && change.asks().isEmpty()
        ? Optional.empty()
        : Optional.of(change);
  }

  private List<Level> changes(List<Level> before, List<Level> after, Side side) {
    Map<Long, Long> gone = new HashMap<>();
    before.forEach(level -> gone.put(level.ticks(), level.lots()));
    List<Level> changes = new ArrayList<>();
    for (Level level : after) {
      Long lots = gone.remove(level.ticks());
      if (lots == null || lots != level.lots()) {
        changes.add(level);
      }
    }
    for (Level level : before) {
      if (gone.containsKey(level.ticks()) && !outOfSight(level, after, side)) {
        changes.add(new Level(level.ticks(), 0));
      }
    }
    return changes;
  }

  /** Behind a full view's last level: perhaps still there, but none of this view's business. */
  private boolean outOfSight(Level level, List<Level> after, Side side) {
    return after.size() == depth
        && (side == Side.BID
            ? level.ticks() < after.getLast().ticks()
            : level.ticks() > after.getLast().ticks());
  }
}
