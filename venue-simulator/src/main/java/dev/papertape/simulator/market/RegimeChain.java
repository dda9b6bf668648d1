package dev.papertape.simulator.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Continuous-time Markov chain over {@link Regime}, exponential dwell, with its history. */
final class RegimeChain {

  private static final int MAX_SPANS = 10_000;

  private final Draws draws;
  private final Deque<RegimeSpan> past = new ArrayDeque<>();
  private Regime current = Regime.CHOP;
  private long sinceMillis;
  private long endsAtMillis;

  RegimeChain(Draws draws, long startMillis) {
    this.draws = draws;
    this.sinceMillis = startMillis;
    this.endsAtMillis = startMillis + dwellMillis();
  }

  Regime at(long millis) {
    while (millis >= endsAtMillis) {
      past.addLast(new RegimeSpan(current, sinceMillis, endsAtMillis));
      if (past.size() > MAX_SPANS) {
        past.removeFirst();
      }
      current = current.next(draws.nextDouble());
      sinceMillis = endsAtMillis;
      endsAtMillis = sinceMillis + dwellMillis();
    }
    return current;
  }

  /** Oldest first, the current one last and cut at {@code nowMillis}. */
  List<RegimeSpan> history(long nowMillis) {
    List<RegimeSpan> spans = new ArrayList<>(past);
    spans.add(new RegimeSpan(current, sinceMillis, nowMillis));
    return List.copyOf(spans);
  }

  private long dwellMillis() {
    return 1 + (long) (draws.nextExponential() * current.meanDwellSeconds() * 1000);
  }
}
