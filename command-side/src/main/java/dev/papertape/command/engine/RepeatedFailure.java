package dev.papertape.command.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that happens again and again while its cause lasts: says when to say it, and how long
 * to wait before the next try. Owned by one thread.
 */
public final class RepeatedFailure {
  /** Between two lines in the log about a failure that lasts. */
  static final Duration SAY_AGAIN = Duration.ofMinutes(1);

  private final Duration firstWait;
  private final Duration longestWait;
  private final InstantSource clock;
  private @Nullable Instant saidAt;
  private long unsaid;
  private int inARow;

  /**
   * @param firstWait doubled with each failure in a row up to {@code longestWait}
   */
  public RepeatedFailure(Duration firstWait, Duration longestWait, InstantSource clock) {
    this.firstWait = firstWait;
    this.longestWait = longestWait;
    this.clock = clock;
  }

  /** One line about it; empty within a minute of the last one. */
  public Optional<String> happened(Throwable failure) {
    inARow++;
    Instant now = clock.instant();
    if (saidAt != null && now.isBefore(saidAt.plus(SAY_AGAIN))) {
      unsaid++;
      return Optional.empty();
    }
    String more = unsaid == 0 ? "" : " (and " + unsaid + " times since this was last said)";
    saidAt = now;
    unsaid = 0;
    return Optional.of(causes(failure) + more);
  }

  /** How long to wait after the newest failure. */
  public Duration untilNextTry() {
    Duration wait = firstWait;
    for (int n = 1; n < inARow && wait.compareTo(longestWait) < 0; n++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }

  /** It works again. */
  public void isOver() {
    saidAt = null;
    unsaid = 0;
    inARow = 0;
  }

  /** The failure and what it came from, on one line. */
  private static String causes(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root == failure ? failure.toString() : failure + "; caused by " + root;
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
