package dev.papertape.contracts.budget;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was used of one quota. What is only reserved is not in here: it counts in whichever window
 * is current until it is settled, because nobody knows in which one the provider will count it.
 *
 * @param booked amounts by the beginning of their step, ms since the epoch
 * @param observed what the provider last said, null before it did
 * @param observedStep the step in which it said so
 * @param excess how much more than we the provider has counted in that step's window: others use
 *     the same quota
 */
public record WindowUse(
    Quota quota,
    SortedMap<Long, Long> booked,
    @Nullable Long observed,
    long observedStep,
    long excess) {

  public WindowUse {
    booked = Collections.unmodifiableSortedMap(new TreeMap<>(booked));
  }

  static WindowUse none(Quota quota) {
    return new WindowUse(quota, new TreeMap<>(), null, 0, 0);
  }

  WindowUse withQuota(Quota changed) {
    return new WindowUse(changed, booked, observed, observedStep, excess);
  }

  /** Adds an amount, which is negative for a correction, and forgets what is over. */
  WindowUse booking(long amount, Instant at) {
    long now = at.toEpochMilli();
    SortedMap<Long, Long> after = new TreeMap<>(booked);
    after.keySet().removeIf(step -> quota.forgottenAt(step) <= now);
    if (amount != 0) {
      after.merge(quota.step(now), amount, Math::addExact);
    }
    return new WindowUse(quota, after, observed, observedStep, excess);
  }

  /** Takes back what was booked at {@code bookedAt}, as far as it still counts. */
  WindowUse unbooking(long amount, Instant bookedAt) {
    long step = quota.step(bookedAt.toEpochMilli());
    Long there = booked.get(step);
    if (there == null || amount == 0) {
      return this;
    }
    SortedMap<Long, Long> after = new TreeMap<>(booked);
    after.put(step, Math.max(0, there - amount));
    return new WindowUse(quota, after, observed, observedStep, excess);
  }

  /**
   * @param ours settled and reserved by us at that moment
   */
  WindowUse observing(long used, long ours, Instant at) {
    long step = quota.step(at.toEpochMilli());
    // A rolling window is another one with every step; what was seen before may have left it.
    boolean same =
        observedCounts(at) && (quota.alignment() == Alignment.CALENDAR || observedStep == step);
    long newest = same && observed != null ? Math.max(observed, used) : used;
    long more = Math.max(0, used - ours);
    return new WindowUse(quota, booked, newest, step, same ? Math.max(excess, more) : more);
  }

  /** Whether what the provider last said is about the window of this moment. */
  private boolean observedCounts(Instant at) {
    return observed != null && quota.forgottenAt(observedStep) > at.toEpochMilli();
  }

  /**
   * What the provider says of the window of this moment, as far as that can be compared: a rolling
   * window is another one soon after.
   */
  public @Nullable Long observedAt(Instant at) {
    boolean comparable =
        quota.alignment() == Alignment.CALENDAR || quota.step(at.toEpochMilli()) == observedStep;
    return comparable && observedCounts(at) ? observed : null;
  }

  /** Settled in the window of this moment. */
  public long settledAt(Instant at) {
    long now = at.toEpochMilli();
    long sum = 0;
    for (var step : booked.entrySet()) {
      if (quota.forgottenAt(step.getKey()) > now) {
        sum = Math.addExact(sum, step.getValue());
      }
    }
    return sum;
  }

  /** Settled, and what others have used as far as the provider has told. */
  public long usedAt(Instant at) {
    return Math.addExact(settledAt(at), observedCounts(at) ? excess : 0);
  }

  public Instant startAt(Instant at) {
    long now = at.toEpochMilli();
    return Instant.ofEpochMilli(
        switch (quota.alignment()) {
          case CALENDAR -> quota.step(now);
          case ROLLING -> now - quota.periodMs();
        });
  }

  /** When something of it is free again: a calendar window's end, a rolling one's oldest step. */
  public @Nullable Instant resetsAt(Instant at) {
    long now = at.toEpochMilli();
    if (quota.alignment() == Alignment.CALENDAR) {
      return Instant.ofEpochMilli(quota.forgottenAt(quota.step(now)));
    }
    return booked.keySet().stream()
        .map(quota::forgottenAt)
        .filter(end -> end > now)
        .findFirst()
        .map(Instant::ofEpochMilli)
        .orElse(null);
  }

  /** When no more than {@code room} is left of what is used now; the moment itself if it is so. */
  Instant fallsTo(long room, Instant at) {
    long now = at.toEpochMilli();
    long used = usedAt(at);
    if (used <= room) {
      return at;
    }
    if (quota.alignment() == Alignment.CALENDAR) {
      return Instant.ofEpochMilli(quota.forgottenAt(quota.step(now)));
    }
    long when = now;
    for (var step : booked.entrySet()) {
      long end = quota.forgottenAt(step.getKey());
      if (end > now && used > room) {
        used -= step.getValue();
        when = end;
      }
    }
    long excessEnds = quota.forgottenAt(observedStep);
    return Instant.ofEpochMilli(used > room ? Math.max(when, excessEnds) : when);
  }
}
