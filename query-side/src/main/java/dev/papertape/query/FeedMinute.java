package dev.papertape.query;

import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts events over the last minute of feed time, by whole seconds, as it was after any event. The
 * minute ends at the feed time of the newest event folded, also when that lies before an older
 * one's (another recording is played).
 *
 * <p>What is kept are runs: events counted in one feed second with none counted in another between
 * them, from the first position to the last, and the position of the event with which that second
 * left the minute. One row of about 100 bytes a feed second with something to count, for good; so
 * the log need not be searched for what was counted either.
 *
 * <p>An event that was parked and is folded after later ones makes a run of its own that no minute
 * counts. Owned by one fold.
 */
public final class FeedMinute {
  private static final long SECONDS = 60;

  private final Deque<Run> inMinute = new ArrayDeque<>();
  private final Table runs;
  private long newestRun;
  private long folded;

  private static final class Run {
    private final long first;
    private final long second;
    private long last;
    private long counted;

    private Run(long first, long second, long last, long counted) {
      this.first = first;
      this.second = second;
      this.last = last;
      this.counted = counted;
    }
  }

  private FeedMinute(String context) {
    this.runs = table(context);
  }

  /** The table {@code <context>_second}. */
  public static Table table(String context) {
    return new Table(
        context + "_second",
        List.of(new Column("first_position", "bigint")),
        List.of(
            new Column("second", "bigint"),
            new Column("last_position", "bigint"),
            new Column("counted", "bigint"),
            new Column("left_position", "bigint")));
  }

  public static FeedMinute load(Connection connection, String context) throws SQLException {
    FeedMinute minute = new FeedMinute(context);
    String table = minute.runs.name();
    minute.inMinute.addAll(
        ReadModels.rows(
            connection,
            "SELECT first_position, second, last_position, counted FROM "
                + table
                + " WHERE left_position IS NULL ORDER BY first_position",
            row -> new Run(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))));
    minute.newestRun =
        newest(connection, "SELECT first_position FROM " + table + " ORDER BY 1 DESC LIMIT 1");
    minute.folded =
        newest(
            connection, "SELECT position FROM projection_position WHERE projection = ?", context);
    return minute;
  }

  private static long newest(Connection connection, String sql, Object... parameters)
      throws SQLException {
    List<Long> found = ReadModels.rows(connection, sql, row -> row.getLong(1), parameters);
    return found.isEmpty() ? 0 : found.getFirst();
  }

  /**
   * What was counted in the minute that ended, right after the event at {@code position}, at the
   * newest feed time, that second included. Costs an index lookup, and a scan of the log within one
   * feed second when the position lies amid a run.
   *
   * @param counted the payload types that were counted
   */
  public static long count(
      Connection connection, String context, long position, Set<String> counted)
      throws SQLException {
    String sql =
        """
        SELECT coalesce(sum(CASE WHEN r.last_position <= ? THEN r.counted ELSE
          (SELECT count(*) FROM event_log e
           WHERE e.position BETWEEN r.first_position AND ? AND e.payload_type = ANY (?)) END), 0)
        FROM %s r WHERE int8range(r.first_position, r.left_position) @> ?::bigint
        """
            .formatted(table(context).name());
    return ReadModels.rows(
            connection,
            sql,
            row -> row.getLong(1),
            position,
            position,
            connection.createArrayOf("text", counted.toArray()),
            position)
        .getFirst();
  }

  /** Moves the minute's end, and counts the event if {@code isCounted}. */
  public void advance(Instant feedTime, boolean isCounted, long position, Changes changes) {
    long second = feedTime.getEpochSecond();
    if (position <= folded) {
      if (isCounted) {
        upsert(new Run(position, second, position, 1), position + 1, changes);
      }
      return;
    }
    folded = position;
    leave(second, position, changes);
    if (isCounted) {
      count(second, position, changes);
    }
  }

  /** Runs stand in the order of their seconds: a run later than the newest second has left. */
  private void leave(long second, long position, Changes changes) {
    while (!inMinute.isEmpty() && inMinute.getFirst().second <= second - SECONDS) {
      upsert(inMinute.removeFirst(), position, changes);
    }
    while (!inMinute.isEmpty() && inMinute.getLast().second > second) {
      upsert(inMinute.removeLast(), position, changes);
    }
  }

  private void count(long second, long position, Changes changes) {
    Run run = inMinute.peekLast();
    if (run == null || run.second != second || run.first != newestRun) {
      run = new Run(position, second, position, 0);
      inMinute.add(run);
      newestRun = position;
    }
    run.last = position;
    run.counted++;
    upsert(run, null, changes);
  }

  private void upsert(Run run, @Nullable Long left, Changes changes) {
    changes.upsert(
        runs, List.of(run.first), Arrays.asList(run.second, run.last, run.counted, left));
  }
}
