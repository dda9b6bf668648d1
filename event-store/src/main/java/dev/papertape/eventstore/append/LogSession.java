package dev.papertape.eventstore.append;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * The appender's connection and its SQL. A transaction is two round trips, {@link #begin} (lock,
 * then look) and {@link #insertAndCommit}, or one, {@link #lockInsertAndCommit}, if what would be
 * read is known. PostgreSQL runs the statements of one trip one after the other, each with a
 * snapshot of its own, so what is read after the lock is what the last holder committed.
 */
final class LogSession implements AutoCloseable {
  /** How many of a stream's newest event ids are compared with a fact's. */
  static final int REMEMBERED_IDS = 64;

  /** What stands in the log when the lock is ours. */
  record Opened(
      long head,
      Instant recordedAt,
      Map<String, Long> epochs,
      Map<String, StreamHeads.Head> streams) {
    Opened with(Map<String, StreamHeads.Head> more) {
      Map<String, StreamHeads.Head> all = new HashMap<>(streams);
      all.putAll(more);
      return new Opened(head, recordedAt, epochs, all);
    }
  }

  private static final int NETWORK_TIMEOUT_MS = 30_000;

  /** A process that hangs inside its transaction must not stop all the others for good. */
  private static final String SETTINGS =
      "SET lock_timeout = '15s'; SET idle_in_transaction_session_timeout = '15s';"
          + " SET synchronous_commit = on";

  private static final String BEGIN =
      AppendLock.ACQUIRE
          + "; SELECT position, recorded_at FROM event_log ORDER BY position DESC LIMIT 1";
  private static final String EPOCHS = "; SELECT name, epoch FROM lease WHERE name = ANY (?)";
  private static final String STREAMS =
      "; SELECT s.stream, e.sequence, e.event_id FROM unnest(?::text[]) AS s (stream)"
          + " CROSS JOIN LATERAL (SELECT sequence, event_id FROM event_log"
          + " WHERE aggregate_id = s.stream ORDER BY sequence DESC LIMIT "
          + REMEMBERED_IDS
          + ") AS e ORDER BY e.sequence";

  private final Connection connection;

  private LogSession(Connection connection) {
    this.connection = connection;
  }

  static LogSession open(DataSource dataSource) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      connection.setNetworkTimeout(directly(), NETWORK_TIMEOUT_MS);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      try (Statement statement = connection.createStatement()) {
        statement.execute(SETTINGS);
      }
      connection.commit();
      return new LogSession(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Takes the append lock and reads what positions, sequences and epochs depend on. */
  Opened begin(Collection<String> leases, Collection<String> streams) throws SQLException {
    String sql = BEGIN + (leases.isEmpty() ? "" : EPOCHS) + (streams.isEmpty() ? "" : STREAMS);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 0;
      if (!leases.isEmpty()) {
        statement.setArray(++parameter, texts(leases));
      }
      if (!streams.isEmpty()) {
        statement.setArray(++parameter, texts(streams));
      }
      statement.execute();
      statement.getMoreResults();
      long head = 0;
      Instant recordedAt = Instant.EPOCH;
      try (ResultSet row = statement.getResultSet()) {
        if (row.next()) {
          head = row.getLong(1);
          recordedAt = row.getObject(2, OffsetDateTime.class).toInstant();
        }
      }
      Map<String, Long> epochs = leases.isEmpty() ? Map.of() : readEpochs(statement);
      return new Opened(
          head, recordedAt, epochs, streams.isEmpty() ? Map.of() : readHeads(statement));
    }
  }

  /** Heads of streams, inside the transaction. */
  Map<String, StreamHeads.Head> heads(Collection<String> streams) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STREAMS.substring(2))) {
      statement.setArray(1, texts(streams));
      try (ResultSet rows = statement.executeQuery()) {
        return readHeads(rows);
      }
    }
  }

  /**
   * Writes and commits in one round trip. A server error means that nothing was committed; a lost
   * connection means that nobody knows.
   */
  void insertAndCommit(AppendPlan plan) throws SQLException {
    LogInsert.execute(connection, plan);
  }

  /**
   * Locks, writes and commits in one round trip a plan that was made without looking. If another
   * process has appended meanwhile, a position or a sequence of the plan is taken and that is a
   * unique violation.
   *
   * @param epochs by lease, as the plan takes them to be
   * @return false if one of them is over; then nothing was written
   */
  boolean lockInsertAndCommit(AppendPlan plan, Map<String, Long> epochs) throws SQLException {
    return LogInsert.executeLocking(connection, plan, epochs);
  }

  /** Those of the places that are taken, inside the transaction. */
  Set<StreamPlace> existing(List<StreamPlace> places) throws SQLException {
    return new LogLookups(connection).existing(places);
  }

  /** Those of the keys that are claimed, inside the transaction. */
  Set<String> claimed(Collection<String> keys) throws SQLException {
    return new LogLookups(connection).claimed(keys);
  }

  /** Whether the plan's transaction is committed; to be asked with the append lock held. */
  boolean stands(AppendPlan plan) throws SQLException {
    return new LogLookups(connection).stands(plan);
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Gives the connection back as it came; a broken one is thrown away by the pool. */
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
      try (Statement statement = connection.createStatement()) {
        statement.execute("RESET ALL");
      }
      connection.commit();
      connection.setAutoCommit(true);
      connection.setNetworkTimeout(directly(), 0);
    } catch (SQLException e) {
      // The connection is gone already; there is nothing left to give back.
    }
  }

  private static Map<String, Long> readEpochs(PreparedStatement statement) throws SQLException {
    statement.getMoreResults();
    Map<String, Long> epochs = new HashMap<>();
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        epochs.put(rows.getString(1), rows.getLong(2));
      }
    }
    return epochs;
  }

  private static Map<String, StreamHeads.Head> readHeads(PreparedStatement statement)
      throws SQLException {
    statement.getMoreResults();
    try (ResultSet rows = statement.getResultSet()) {
      return readHeads(rows);
    }
  }

  private static Map<String, StreamHeads.Head> readHeads(ResultSet rows) throws SQLException {
    Map<String, StreamHeads.Head> heads = new HashMap<>();
    while (rows.next()) {
      heads
          .computeIfAbsent(rows.getString(1), stream -> new StreamHeads.Head(-1))
          .append(rows.getLong(2), rows.getObject(3, UUID.class));
    }
    return heads;
  }

  private Array texts(Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static Executor directly() {
    return Runnable::run;
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
