package dev.papertape.command.market.book;

import dev.papertape.command.market.VenueInput.DepthDiff;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Depth messages that wait for a snapshot: an unbroken chain, bounded, the oldest dropped first. A
 * snapshot older than what is left cannot bridge and is refetched, so dropping is safe.
 */
final class DiffBuffer implements Iterable<DepthDiff> {
  private final int capacity;
  private final ArrayDeque<DepthDiff> diffs = new ArrayDeque<>();

  DiffBuffer(int capacity) {
    this.capacity = capacity;
  }

  /** How the message continues the chain; IN_ORDER for the first. */
  Verdict judge(DepthDiff diff) {
    @Nullable DepthDiff newest = diffs.peekLast();
    return newest == null
        ? Verdict.IN_ORDER
        : IntegrityRule.of(diff.integrity()).judge(IntegrityRule.Position.after(newest), diff);
  }

  /** Keeps the message; returns how many old ones had to go for it. */
  int add(DepthDiff diff) {
    diffs.addLast(diff);
    if (diffs.size() <= capacity) {
      return 0;
    }
    diffs.removeFirst();
    return 1;
  }

  int size() {
    return diffs.size();
  }

  /** Forgets all; returns how many there were. */
  int clear() {
    int size = diffs.size();
    diffs.clear();
    return size;
  }

  @Override
  public Iterator<DepthDiff> iterator() {
    return diffs.iterator();
  }
}
