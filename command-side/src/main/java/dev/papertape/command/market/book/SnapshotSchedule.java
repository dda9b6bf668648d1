package dev.papertape.command.market.book;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a book's snapshot is to be asked for: at once, then after failures with backoff; one request
 * at a time. The epoch tells an answer to the current need from a late one to an earlier need.
 */
final class SnapshotSchedule {
  private final MarketLimits limits;
  private final RandomGenerator random;
  private long epoch;
  private int failures;
  private boolean outstanding;
  private Instant notBefore = Instant.MIN;
  private Instant askedAt = Instant.MIN;

  SnapshotSchedule(MarketLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
  }

  long epoch() {
    return epoch;
  }

  /**
   * A new need: whatever was asked before no longer counts. Earlier failures do, so that a book
   * that breaks again and again is not fetched again and again.
   */
  void restart(Instant earliest) {
    epoch++;
    outstanding = false;
    if (failures == 0 || earliest.isAfter(notBefore)) {
      notBefore = earliest;
    }
  }

  /** The stream flows, so a snapshot taken now will bridge to it. */
  void messageCame() {
    if (failures == 0) {
      notBefore = Instant.MIN;
    }
  }

  /** Whether to ask now; if so, it counts as asked. */
  boolean due(Instant now) {
    if (outstanding && askedAt.plus(limits.snapshotTimeout()).isBefore(now)) {
      failed(now);
    }
    if (outstanding || now.isBefore(notBefore)) {
      return false;
    }
    outstanding = true;
    askedAt = now;
    return true;
  }

  void answered() {
    outstanding = false;
  }

  /** The answer did not come or did not bridge, or the book broke soon after it. */
  void failed(Instant now) {
    outstanding = false;
    notBefore = now.plus(limits.snapshotBackoff().delay(failures, random));
    failures++;
  }

  /** The book held for a while: its next break is fetched at once. */
  void settled() {
    failures = 0;
    notBefore = Instant.MIN;
  }
}
