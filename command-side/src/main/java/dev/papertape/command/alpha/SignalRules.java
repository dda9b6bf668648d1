package dev.papertape.command.alpha;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a signal from outside may lie in feed time. */
public final class SignalRules {
  /** How far a sender's clock may be ahead of the market's. */
  static final Duration AHEAD = Duration.ofSeconds(1);

  private static final String IN_THE_FUTURE = "IN_THE_FUTURE";

  private SignalRules() {}

  /** Why a signal's time cannot be. */
  public record WrongTime(String code, String message) {
    /** Whether it was good once. */
    boolean isByLateness() {
      return !code.equals(IN_THE_FUTURE);
    }
  }

  /**
   * @param horizon null while it is not known
   * @param newest time of the alpha's newest signal for the symbol, null before the first
   */
  public static Optional<WrongTime> wrongTime(
      Instant at, @Nullable Duration horizon, @Nullable Instant newest, Instant feedTime) {
    if (at.isAfter(feedTime.plus(AHEAD))) {
      return Optional.of(
          new WrongTime(
              IN_THE_FUTURE,
              "must not be later than the market, which is at " + feedTime + ", by more than 1 s"));
    }
    if (newest != null && !at.isAfter(newest)) {
      return Optional.of(
          new WrongTime(
              "OUT_OF_ORDER",
              "must be later than the newest signal for this symbol, which is of " + newest));
    }
    if (horizon != null && !at.plus(horizon).isAfter(feedTime)) {
      return Optional.of(
          new WrongTime(
              "EXPIRED", "its horizon is over: the market is at " + feedTime + " already"));
    }
    return Optional.empty();
  }
}
