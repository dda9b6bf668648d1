package dev.papertape.contracts.budget;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stops calls to a provider that fails. It is part of the ledger's state and moves by events only,
 * so a replay finds it as it was.
 *
 * <pre>
 *   CLOSED ──{@value #MOST_FAILURES} failures in a row──► OPEN ──time over──► HALF_OPEN, one call
 *     ▲                                                     ▲                    │      │
 *     └───────────────────────answered──────────────────────┼────────────────────┘      │
 *                                                           └──────failed: twice as long┘
 * </pre>
 *
 * @param failures in a row
 * @param openUntil null while closed
 * @param openings in a row without an answer between them
 */
public record Breaker(int failures, @Nullable Instant openUntil, int openings) {
  public static final int MOST_FAILURES = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  static final Breaker CLOSED = new Breaker(0, null, 0);

  /** What it lets through. */
  public enum Position {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  public Position at(Instant now) {
    if (openUntil == null) {
      return Position.CLOSED;
    }
    return now.isBefore(openUntil) ? Position.OPEN : Position.HALF_OPEN;
  }

  Breaker after(CallOutcome outcome) {
    return outcome.isFailure()
        ? new Breaker(Math.min(failures + 1, MOST_FAILURES), openUntil, openings)
        : outcome.isAnswer() ? new Breaker(0, openUntil, openings) : this;
  }

  Breaker opened(Instant until) {
    return new Breaker(failures, until, openings + 1);
  }

  /** Until when it is to be open if it opens now. */
  public Instant nextUntil(Instant now) {
    Duration wait = FIRST_WAIT;
    for (int n = 0; n < openings && wait.compareTo(LONGEST_WAIT) < 0; n++) {
      wait = wait.multipliedBy(2);
    }
    return now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }
}
