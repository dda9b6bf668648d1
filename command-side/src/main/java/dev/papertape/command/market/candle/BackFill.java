package dev.papertape.command.market.candle;

import dev.papertape.command.market.CandleRequests;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one stream's missing candles, one call at a time: what stands in the live bars' way
 * first, then what was left behind. A call that fails or stays without an answer is made again,
 * later and later.
 */
final class BackFill {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
  private static final int MOST_LEFT_BEHIND = 64;

  /** Minutes {@code [from, to)}. */
  record Range(Instant from, Instant to) {}

  private record Call(Range range, Instant at) {}

  private final Venue venue;
  private final Symbol symbol;
  private final CandleRequests requests;
  private final Deque<Range> leftBehind = new ArrayDeque<>();
  private @Nullable Call call;
  private Instant notBefore = Instant.MIN;
  private int failures;

  BackFill(Venue venue, Symbol symbol, CandleRequests requests) {
    this.venue = venue;
    this.symbol = symbol;
    this.requests = requests;
  }

  /** Asks for the range unless a call is under way or the last one failed just now. */
  void want(Range range, Instant now) {
    Call open = call;
    if (open != null && open.at.plus(PATIENCE).isBefore(now)) {
      failed(now);
    }
    if (call == null && !now.isBefore(notBefore)) {
      call = new Call(range, now);
      requests.requestCandles(venue, symbol, range.from(), range.to());
    }
  }

  /** Asks for what was left behind, if anything was. */
  void wantLeftBehind(Instant now) {
    Range oldest = leftBehind.peekFirst();
    if (oldest != null) {
      want(oldest, now);
    }
  }

  /** To be fetched when nothing more urgent is; the oldest is given up when there are too many. */
  void leaveBehind(Range range) {
    if (!leftBehind.contains(range)) {
      leftBehind.addLast(range);
      if (leftBehind.size() > MOST_LEFT_BEHIND) {
        leftBehind.removeFirst();
      }
    }
  }

  /** An answer came for the minutes from {@code from} on, up to {@code to}. */
  void answered(Range answer, Instant now) {
    Call open = call;
    if (open == null || answer.from().isBefore(open.range.from())) {
      return;
    }
    if (!answer.to().isAfter(open.range.from())) {
      failed(now); // No minute further: asking on at once would never end.
      return;
    }
    call = null;
    failures = 0;
    if (leftBehind.remove(open.range) && answer.to().isBefore(open.range.to())) {
      leftBehind.addFirst(new Range(answer.to(), open.range.to()));
    }
  }

  void failed(Instant now) {
    call = null;
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
    notBefore = now.plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY);
    failures++;
  }

  /** The feed begins anew: what a venue could not say before it may say now. */
  void beginAnew() {
    call = null;
    notBefore = Instant.MIN;
    failures = 0;
  }
}
