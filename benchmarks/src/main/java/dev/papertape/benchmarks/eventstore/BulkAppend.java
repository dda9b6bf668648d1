package dev.papertape.benchmarks.eventstore;

import dev.papertape.benchmarks.eventstore.counter.CounterIncremented;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

/**
 * Facts in bulk, beside a plain multi-row insert of the very rows that came of them, 1,000 a
 * commit, into a table of the same shape.
 */
final class BulkAppend {
  private static final int PER_UNIT = 1_000;
  private static final int STREAMS = 100;

  private final DataSource dataSource;
  private final int events;
  private int rounds;

  BulkAppend(DataSource dataSource, int events) throws SQLException {
    this.dataSource = dataSource;
    this.events = events;
    execute("CREATE TABLE plain_rows (LIKE event_log INCLUDING ALL)");
  }

  /** Events a second, durable; serialising and hashing included. */
  double ours(FactJournal journal) throws InterruptedException, ExecutionException {
    List<List<Fact>> units = units();
    Deque<CompletableFuture<Appended>> pending = new ArrayDeque<>();
    long start = System.nanoTime();
    for (List<Fact> unit : units) {
      pending.add(journal.appendWaiting(unit, null, null));
    }
    for (CompletableFuture<Appended> future : pending) {
      future.get();
    }
    return events / ((System.nanoTime() - start) / 1e9);
  }

  /** Rows a second by batched prepared inserts on one connection. */
  double plain(EventLog log) throws SQLException {
    execute("TRUNCATE plain_rows");
    List<LoggedEvent> rows = new ArrayList<>();
    log.forEach(log.head() - events, log.head(), rows::add);
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO plain_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
        for (int i = 0; i < rows.size(); i++) {
          add(insert, rows.get(i));
          if ((i + 1) % PER_UNIT == 0 || i == rows.size() - 1) {
            insert.executeBatch();
            connection.commit();
          }
        }
      } finally {
        connection.setAutoCommit(true);
      }
      return events / ((System.nanoTime() - start) / 1e9);
    }
  }

  private List<List<Fact>> units() {
    rounds++;
    List<List<Fact>> units = new ArrayList<>();
    List<Fact> unit = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      String stream = "bulk-" + i % STREAMS;
      Object payload = new CounterIncremented(stream, 1, i, CommandLoad.NOTE);
      unit.add(new Fact(stream, "bulk", UUID.randomUUID(), payload, Map.of("round", "" + rounds)));
      if (unit.size() == PER_UNIT || i == events - 1) {
        units.add(unit);
        unit = new ArrayList<>();
      }
    }
    return units;
  }

  private static void add(PreparedStatement insert, LoggedEvent row) throws SQLException {
    insert.setLong(1, row.position());
    insert.setString(2, row.stream());
    insert.setLong(3, row.sequence());
    insert.setString(4, row.streamType());
    insert.setObject(5, row.eventId());
    insert.setObject(6, row.recordedAt().atOffset(ZoneOffset.UTC));
    insert.setString(7, row.payloadType());
    insert.setString(8, row.payloadRevision());
    insert.setBytes(9, row.payload());
    insert.setBytes(10, row.metadata());
    insert.setBytes(11, row.leafHash());
    insert.addBatch();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
