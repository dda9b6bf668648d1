package dev.papertape.query;

import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts something over the last minute of feed time, by whole seconds; at most 60 rows. Owned by
 * one fold. The minute ends at the feed time of the newest event folded, also when that lies before
 * an older one's (another recording is played).
 */
public final class FeedMinute {
  private static final long SECONDS = 60;
  private static final List<Integer> ONLY = List.of(1);

  private final NavigableMap<Long, Long> perSecond = new TreeMap<>();
  private final Table seconds;
  private final Table clock;

  private FeedMinute(String context) {
    this.seconds = seconds(context);
    this.clock = clock(context);
  }

  /** The tables {@code <context>_second} and {@code <context>_clock}. */
  public static Set<Table> tables(String context) {
    return Set.of(seconds(context), clock(context));
  }

  public static FeedMinute load(Connection connection, String context) throws SQLException {
    FeedMinute minute = new FeedMinute(context);
    ReadModels.rows(
        connection,
        "SELECT second, counted FROM " + minute.seconds.name(),
        row -> minute.perSecond.put(row.getLong(1), row.getLong(2)));
    return minute;
  }

  /** What was counted in the minute that ends at the newest feed time, that second included. */
  public static long count(Connection connection, String context) throws SQLException {
    String sql =
        """
        SELECT coalesce(sum(s.counted), 0)
        FROM %1$s_second s, %1$s_clock c
        WHERE s.second > floor(extract(epoch FROM c.feed_time)) - %2$d
          AND s.second <= floor(extract(epoch FROM c.feed_time))
        """
            .formatted(context, SECONDS);
    return ReadModels.rows(connection, sql, row -> row.getLong(1)).getFirst();
  }

  /** Moves the clock and counts {@code what} there. */
  public void advance(Instant feedTime, long what, Changes changes) {
    changes.upsert(clock, ONLY, List.of(feedTime));
    long second = feedTime.getEpochSecond();
    forget(perSecond.headMap(second - SECONDS, true), changes);
    forget(perSecond.tailMap(second, false), changes);
    if (what > 0) {
      long counted = perSecond.merge(second, what, Long::sum);
      changes.upsert(seconds, List.of(second), List.of(counted));
    }
  }

  private void forget(NavigableMap<Long, Long> outside, Changes changes) {
    outside.keySet().forEach(second -> changes.delete(seconds, List.of(second)));
    outside.clear();
  }

  private static Table seconds(String context) {
    return new Table(
        context + "_second",
        List.of(new Column("second", "bigint")),
        List.of(new Column("counted", "bigint")));
  }

  private static Table clock(String context) {
    return new Table(
        context + "_clock",
        List.of(new Column("id", "integer")),
        List.of(new Column("feed_time", "timestamptz")));
  }
}
