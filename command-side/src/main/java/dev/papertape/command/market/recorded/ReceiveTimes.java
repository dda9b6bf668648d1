package dev.papertape.command.market.recorded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receive times of one file, without those that cannot be right: feed time would run ahead to a
 * wrong one and stay there. A line with such a time keeps its frame and gets the time of the line
 * before it. Times of one file ascend but for the width of {@link #SKEW}; so of a time that leaps
 * ahead and a next one that falls back, the first is wrong.
 */
final class ReceiveTimes {
  private static final Duration SKEW = Duration.ofSeconds(1);

  /** A last line that is later by more has nothing behind it that proves it right. */
  private static final Duration LONGEST_LAST_GAP = Duration.ofHours(1);

  /** Lines without any time say nothing, however many they are. */
  private static final int MOST_HELD = 256;

  private final List<byte[]> held = new ArrayList<>();
  private @Nullable Instant doubted;
  private @Nullable Instant instead;
  private @Nullable Instant newest;
  private long wrong;
  private @Nullable Instant firstWrong;

  /** Whether lines wait for what the next time says of the first of them. */
  boolean holds() {
    return !held.isEmpty();
  }

  boolean isFull() {
    return held.size() == MOST_HELD;
  }

  /** Whether the next line must be seen before this time is believed. */
  boolean doubts(@Nullable Instant time) {
    return time != null && (newest == null || time.isAfter(newest.plus(SKEW)));
  }

  /** Keeps a copy of the line. */
  void hold(byte[] bytes, int from, int to, @Nullable Instant time) {
    if (held.isEmpty()) {
      doubted = time;
    }
    held.add(Arrays.copyOfRange(bytes, from, to));
  }

  /**
   * The lines that were held, to be read now.
   *
   * @param next the next time, null at the end of the file
   */
  List<byte[]> release(@Nullable Instant next) {
    if (doubted != null && isWrong(doubted, next)) {
      instead = newest == null ? next : newest;
    }
    doubted = null;
    List<byte[]> lines = List.copyOf(held);
    held.clear();
    return lines;
  }

  private boolean isWrong(Instant time, @Nullable Instant next) {
    return next == null
        ? newest != null && time.isAfter(newest.plus(LONGEST_LAST_GAP))
        : time.isAfter(next.plus(SKEW));
  }

  /** The time to take for a line that says this one. */
  Instant steady(Instant time) {
    Instant taken = time;
    if (instead != null) {
      taken = instead;
      instead = null;
      count(time);
    } else if (newest != null && time.isBefore(newest.minus(SKEW))) {
      taken = newest;
      count(time);
    }
    newest = newest == null || taken.isAfter(newest) ? taken : newest;
    return taken;
  }

  private void count(Instant time) {
    wrong++;
    firstWrong = firstWrong == null ? time : firstWrong;
  }

  /** What is wrong with the file's times, null if nothing is. */
  @Nullable String damage() {
    return wrong == 0
        ? null
        : "receive times that cannot be right: %d, the first %s".formatted(wrong, firstWrong);
  }
}
