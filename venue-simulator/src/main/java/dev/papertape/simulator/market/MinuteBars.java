package dev.papertape.simulator.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One-minute bars of one listing, closed ones kept for a bounded time; longer ones on request. */
public final class MinuteBars {

  public static final long MINUTE_MILLIS = 60_000;

  private static final int KEPT = 10_080;

  private final Deque<Kline> closed = new ArrayDeque<>();
  private Kline current;

  MinuteBars(long startMillis, long price) {
    this.current = Kline.empty(floor(startMillis, MINUTE_MILLIS), MINUTE_MILLIS, price);
  }

  /**
   * Moves on to the minute of {@code millis}.
   *
   * @return the bar that this closed
   */
  Optional<Kline> roll(long millis) {
    if (millis <= current.closeMillis()) {
      return Optional.empty();
    }
    Kline done = current;
    closed.addLast(done);
    if (closed.size() > KEPT) {
      closed.removeFirst();
    }
    current = Kline.empty(done.closeMillis() + 1, MINUTE_MILLIS, done.close());
    return Optional.of(done);
  }

  void add(Trade trade) {
    current = current.plus(trade);
  }

  public Kline current() {
    return current;
  }

  /**
   * Bars of {@code intervalMillis} (a multiple of a minute), oldest first, the last one still open.
   * A longer bar whose beginning lies before the kept minutes is left out rather than shown cut.
   *
   * @param fromMillis open times from here on
   * @param toMillis open times up to here
   */
  public List<Kline> bars(long intervalMillis, long fromMillis, long toMillis) {
    List<Kline> bars = new ArrayList<>();
    closed.forEach(bar -> fold(bars, bar, intervalMillis));
    fold(bars, current, intervalMillis);
    bars.removeIf(bar -> bar.openMillis() < fromMillis || bar.openMillis() > toMillis);
    return bars;
  }

  private static void fold(List<Kline> bars, Kline minute, long intervalMillis) {
    long open = floor(minute.openMillis(), intervalMillis);
    if (bars.isEmpty() && minute.openMillis() != open) {
      return;
    }
    if (bars.isEmpty() || bars.getLast().openMillis() != open) {
      bars.add(Kline.empty(open, intervalMillis, minute.open()));
    }
    bars.set(bars.size() - 1, bars.getLast().merge(minute));
  }

  private static long floor(long millis, long length) {
    return millis - Math.floorMod(millis, length);
  }
}
