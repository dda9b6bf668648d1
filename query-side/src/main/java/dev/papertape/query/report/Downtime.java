package dev.papertape.query.report;

import dev.papertape.eventstore.projection.Changes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The union of the intervals in which a venue's feed was down, kept as disjoint intervals that each
 * know how much came before. So the downtime of any window is the difference of two readings
 * ({@link Reading}), whatever happened in it. Owned by one fold.
 */
final class Downtime {
  /** The name under which time stands that nobody observed. */
  static final String UNOBSERVED = "";

  private final Map<String, Interval> newest = new HashMap<>();

  /**
   * One interval, epoch milliseconds of feed time.
   *
   * @param firstPosition of the event that told of it
   * @param toMs null while it goes on
   * @param closedPosition of the event that ended it, null while it goes on
   * @param beforeMs length of all intervals before
   * @param episode counts from 1; an interval that begins where the last one ended is of the same
   */
  record Interval(
      String venue,
      long firstPosition,
      long fromMs,
      @Nullable Long toMs,
      @Nullable Long closedPosition,
      long beforeMs,
      long episode) {
    private Interval endedAt(long ms, long position) {
      return new Interval(
          venue, firstPosition, fromMs, Math.max(fromMs, ms), position, beforeMs, episode);
    }
  }

  /** Goes on from an interval that was stored as its venue's newest. */
  void recall(Interval interval) {
    newest.put(interval.venue, interval);
  }

  /** The feed is down from now on; nothing if it is already. */
  void begins(String venue, long ms, long position, Changes changes) {
    Interval last = newest.get(venue);
    if (last == null) {
      keep(new Interval(venue, position, ms, null, null, 0, 1), changes);
      return;
    }
    Long to = last.toMs;
    if (to != null) {
      // Feed time that went back beyond the whole interval is another recording's.
      long from = ms < last.fromMs ? ms : Math.max(ms, to);
      long before = last.beforeMs + to - last.fromMs;
      long episode = from == to ? last.episode : last.episode + 1;
      keep(new Interval(venue, position, from, null, null, before, episode), changes);
    }
  }

  /** The feed is no longer down; nothing if it was not. */
  void ends(String venue, long ms, long position, Changes changes) {
    Interval last = newest.get(venue);
    if (last != null && last.toMs == null) {
      keep(last.endedAt(ms, position), changes);
    }
  }

  /** The feed was down meanwhile; what is known to be down already is not added again. */
  void was(String venue, long fromMs, long toMs, long position, Changes changes) {
    Interval last = newest.get(venue);
    boolean isOpen = last != null && last.toMs == null;
    Long told = last == null ? null : last.toMs;
    // What ended before the newest interval began is another recording's.
    boolean isEarlier = last != null && toMs <= last.fromMs;
    long from = told == null || isEarlier ? fromMs : Math.max(fromMs, told);
    if (!isOpen && from < toMs) {
      begins(venue, from, position, changes);
      ends(venue, toMs, position, changes);
    }
  }

  /** Nothing was observed meanwhile: neither down nor up. */
  void unobserved(long fromMs, long toMs, long position, Changes changes) {
    for (String venue : new TreeSet<>(newest.keySet())) {
      Interval last = newest.get(venue);
      if (last != null && last.toMs == null) {
        ends(venue, fromMs, position, changes);
        begins(venue, toMs, position, changes);
      }
    }
    was(UNOBSERVED, fromMs, toMs, position, changes);
  }

  private void keep(Interval interval, Changes changes) {
    newest.put(interval.venue, interval);
    changes.upsert(
        VenueTables.DOWN,
        List.of(interval.venue, interval.firstPosition),
        Arrays.asList(
            interval.fromMs,
            interval.toMs,
            interval.closedPosition,
            interval.beforeMs,
            interval.episode));
  }

  /**
   * How much had been down by a moment: of the newest interval that began before it.
   *
   * @param ms down until the moment
   * @param episodes begun before the moment
   * @param isDown whether the moment is still within the newest of them
   */
  record Reading(long ms, long episodes, boolean isDown) {
    static final Reading NONE = new Reading(0, 0, false);

    /**
     * @param toMs end of the newest interval that began before {@code moment}, null if it goes on
     */
    static Reading at(long moment, long fromMs, @Nullable Long toMs, long beforeMs, long episode) {
      long end = toMs == null ? moment : Math.min(moment, toMs);
      return new Reading(
          beforeMs + Math.max(0, end - fromMs), episode, toMs == null || toMs > moment);
    }

    /** Within the window that ends here and began at {@code start}. */
    Span since(Reading start) {
      long begun = Math.max(0, episodes - start.episodes);
      return new Span(Math.max(0, ms - start.ms), begun + (start.isDown ? 1 : 0));
    }
  }

  /**
   * Within a window.
   *
   * @param ms down
   * @param episodes that reach into the window
   */
  record Span(long ms, long episodes) {}
}
