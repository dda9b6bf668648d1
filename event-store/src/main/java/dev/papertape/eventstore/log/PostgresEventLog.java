package dev.papertape.eventstore.log;

import dev.papertape.eventstore.jdbc.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/**
 * The log in table {@code event_log}. Each call takes a connection from the pool and gives it back;
 * every method throws {@link LogUnavailableException} when the database cannot answer.
 */
public final class PostgresEventLog implements EventLog {
  private static final int BINARY_AT_ONCE = -1;
  private static final Pattern KIND = Pattern.compile("[a-z-]{1,40}");
  private static final int CURSOR_ROWS = 1_000;

  private final DataSource dataSource;
  private final HeadSignal signal;

  /**
   * @param signal moved by this process' appender and by {@link HeadListener}
   */
  public PostgresEventLog(DataSource dataSource, HeadSignal signal) {
    this.dataSource = dataSource;
    this.signal = signal;
  }

  @Override
  public long head() {
    long head = query("SELECT coalesce(max(position), 0) FROM event_log", PostgresEventLog::number);
    signal.advance(head);
    return head;
  }

  @Override
  public List<LoggedEvent> after(long position, int limit) {
    return query(
        LogRow.SELECT + " WHERE position > ? ORDER BY position LIMIT ?",
        PostgresEventLog::list,
        position,
        limit);
  }

  @Override
  public List<LoggedEvent> before(long position, int limit) {
    return query(
        LogRow.SELECT + " WHERE position < ? ORDER BY position DESC LIMIT ?",
        PostgresEventLog::list,
        position,
        limit);
  }

  @Override
  public Optional<LoggedEvent> at(long position) {
    return query(LogRow.SELECT + " WHERE position = ?", PostgresEventLog::list, position).stream()
        .findFirst();
  }

  @Override
  public List<LoggedEvent> stream(String stream, long fromSequence) {
    return query(
        LogRow.SELECT + " WHERE aggregate_id = ? AND sequence >= ? ORDER BY sequence",
        PostgresEventLog::list,
        stream,
        fromSequence);
  }

  /** At most {@code limit} events of one stream from {@code fromSequence}, oldest first. */
  public List<LoggedEvent> stream(String stream, long fromSequence, int limit) {
    return query(
        LogRow.SELECT + " WHERE aggregate_id = ? AND sequence >= ? ORDER BY sequence LIMIT ?",
        PostgresEventLog::list,
        stream,
        fromSequence,
        limit);
  }

  @Override
  public Optional<LoggedEvent> lastOf(String stream) {
    return query(
            LogRow.SELECT + " WHERE aggregate_id = ? ORDER BY sequence DESC LIMIT 1",
            PostgresEventLog::list,
            stream)
        .stream()
        .findFirst();
  }

  /** Sequence of the stream's newest event, empty if it has none. */
  public Optional<Long> lastSequence(String stream) {
    return query(
        "SELECT sequence FROM event_log WHERE aggregate_id = ? ORDER BY sequence DESC LIMIT 1",
        rows -> rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty(),
        stream);
  }

  @Override
  public long lastBefore(Instant time) {
    return connected(
        connection -> {
          long low = 0;
          long high = headOf(connection);
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT recorded_at < ? FROM event_log WHERE position = ?")) {
            statement.setObject(1, time.atOffset(ZoneOffset.UTC));
            while (low < high) {
              long middle = low + (high - low + 1) / 2;
              statement.setLong(2, middle);
              if (isTrue(statement)) {
                low = middle;
              } else {
                high = middle - 1;
              }
            }
          }
          return low;
        });
  }

  @Override
  public void forEach(long after, long upTo, Consumer<LoggedEvent> reader) {
    connected(
        connection -> {
          // A cursor needs a transaction; it is one query, so what commits later is not seen.
          try (Transaction transaction = Transaction.begin(connection)) {
            transaction.readOnly();
            read(connection, after, upTo, reader);
          }
          return true;
        });
  }

  private static void read(
      Connection connection, long after, long upTo, Consumer<LoggedEvent> reader)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            LogRow.SELECT + " WHERE position > ? AND position <= ? ORDER BY position")) {
      // Bytes as bytes at once, and not only after the driver has seen the statement often.
      statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
      statement.setFetchSize(CURSOR_ROWS);
      statement.setLong(1, after);
      statement.setLong(2, upTo);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.accept(LogRow.read(rows));
        }
      }
    }
  }

  @Override
  public List<LoggedEvent> ofKinds(SortedSet<String> kinds, long position) {
    // Literals: the planner must see that the condition is the partial index's own.
    String named = String.join(", ", kinds.stream().map(PostgresEventLog::literal).toList());
    return query(
        LogRow.SELECT
            + " WHERE aggregate_type IN ("
            + named
            + ") AND position > ? ORDER BY position",
        PostgresEventLog::list,
        position);
  }

  @Override
  public List<String> streamsOf(String kind) {
    String named = literal(kind);
    // One step of the index for each name, however many events it has.
    return query(
        "WITH RECURSIVE named AS ("
            + "(SELECT aggregate_id FROM event_log WHERE aggregate_type = "
            + named
            + " ORDER BY aggregate_id LIMIT 1)"
            + " UNION ALL SELECT (SELECT e.aggregate_id FROM event_log e WHERE e.aggregate_type = "
            + named
            + " AND e.aggregate_id > named.aggregate_id ORDER BY e.aggregate_id LIMIT 1)"
            + " FROM named WHERE named.aggregate_id IS NOT NULL)"
            + " SELECT aggregate_id FROM named WHERE aggregate_id IS NOT NULL",
        rows -> {
          List<String> streams = new ArrayList<>();
          while (rows.next()) {
            streams.add(rows.getString(1));
          }
          return streams;
        });
  }

  private static String literal(String kind) {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("no kind of streams: " + kind);
    }
    return "'" + kind + "'";
  }

  @Override
  public long awaitBeyond(long position, Duration timeout) throws InterruptedException {
    return signal.awaitBeyond(position, timeout);
  }

  private static long headOf(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT coalesce(max(position), 0) FROM event_log");
        ResultSet rows = statement.executeQuery()) {
      return number(rows);
    }
  }

  private static boolean isTrue(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static long number(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getLong(1);
  }

  private static List<LoggedEvent> list(ResultSet rows) throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    while (rows.next()) {
      events.add(LogRow.read(rows));
    }
    return events;
  }

  private <T> T query(String sql, FromRows<T> reading, Object... parameters) {
    return connected(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
              return reading.read(rows);
            }
          }
        });
  }

  private <T> T connected(OnConnection<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new LogUnavailableException(e);
    }
  }

  private interface FromRows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private interface OnConnection<T> {
    T apply(Connection connection) throws SQLException;
  }
}
