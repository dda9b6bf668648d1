package dev.papertape.command.guards;

import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.guards.GuardsEvent.EquityPeak;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The highest equity of a look-back of feed time, to the minute: a peak counts until the look-back
 * after its minute is over. Keeps only what no later equity outdoes, one a minute, so at most as
 * many as the look-back has minutes, and mostly a handful. Owned by the engine's thread.
 */
final class PeakWindow {
  private final Duration lookBack;
  private final Deque<EquityPeak> peaks = new ArrayDeque<>();

  PeakWindow(Duration lookBack, List<EquityPeak> peaks) {
    this.lookBack = lookBack;
    this.peaks.addAll(peaks);
  }

  /**
   * Takes a mark over.
   *
   * @return whether it says what the equity is: a position that no venue prices is in it at cost,
   *     which is neither a gain nor a loss of anybody's
   */
  boolean add(PortfolioMarked mark) {
    boolean isWhole = mark.positions().stream().allMatch(position -> position.mark() != null);
    if (isWhole) {
      add(mark.feedTime(), mark.equity());
    }
    return isWhole;
  }

  void add(Instant feedTime, BigDecimal equity) {
    expire(feedTime);
    while (!peaks.isEmpty() && peaks.getLast().equity().compareTo(equity) <= 0) {
      peaks.removeLast();
    }
    Instant minute = feedTime.truncatedTo(ChronoUnit.MINUTES);
    if (peaks.isEmpty() || peaks.getLast().minute().isBefore(minute)) {
      peaks.addLast(new EquityPeak(minute, equity));
    }
  }

  /** Null before the first equity, and when none was seen within the look-back. */
  @Nullable BigDecimal highest(Instant feedTime) {
    expire(feedTime);
    return peaks.isEmpty() ? null : peaks.getFirst().equity();
  }

  List<EquityPeak> peaks() {
    return List.copyOf(peaks);
  }

  void clear() {
    peaks.clear();
  }

  private void expire(Instant feedTime) {
    while (!peaks.isEmpty()
        && !peaks
            .getFirst()
            .minute()
            .plus(1, ChronoUnit.MINUTES)
            .plus(lookBack)
            .isAfter(feedTime)) {
      peaks.removeFirst();
    }
  }
}
