package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.jdbc.Transaction;
import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.projection.BatchChanges.Row;
import dev.papertape.eventstore.projection.DeadLetterRows.Parked;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Writes a batch: position, rows and dead letters in one transaction, or nothing. */
final class ProjectionWriter {
  private final String projection;
  private final DataSource dataSource;
  private final Epoch epoch;
  private final PositionRow positionRow;
  private final DeadLetterRows deadLetters;
  private final Map<Table, TableWriter> tables = new HashMap<>();

  ProjectionWriter(
      Projection projection,
      DataSource dataSource,
      Epoch epoch,
      PositionRow positionRow,
      DeadLetterRows deadLetters) {
    this.projection = projection.name();
    this.dataSource = dataSource;
    this.epoch = epoch;
    this.positionRow = positionRow;
    this.deadLetters = deadLetters;
    projection.tables().forEach(table -> tables.put(table, new TableWriter(table)));
  }

  /** Something more to do in the same transaction. */
  interface Addition {
    void write(Connection connection) throws SQLException;
  }

  /** The row does not stand where the writer believed; nothing was written. */
  static final class Displaced extends Exception {
    private static final long serialVersionUID = 1L;

    Displaced(String projection, Epoch epoch, long position) {
      super(projection + " is not at position " + position + " under epoch " + epoch.number());
    }
  }

  /** Writes what a batch came to and moves the position. */
  void write(BatchChanges changes, List<Parked> letters, long from, long to)
      throws SQLException, Displaced {
    boolean onlyPosition = changes.isEmpty() && letters.isEmpty();
    write(changes, from, to, onlyPosition, connection -> deadLetters.park(connection, letters));
  }

  /** Writes changes at an unchanged position, for events that were parked before. */
  void writeAt(long position, BatchChanges changes, Addition addition)
      throws SQLException, Displaced {
    write(changes, position, position, false, addition);
  }

  private void write(
      BatchChanges changes, long from, long to, boolean onlyPosition, Addition addition)
      throws SQLException, Displaced {
    try (Connection connection = dataSource.getConnection();
        Transaction transaction = Transaction.begin(connection)) {
      settings(connection, onlyPosition);
      if (!positionRow.advance(connection, epoch, from, to)) {
        throw new Displaced(projection, epoch, from);
      }
      for (Map.Entry<Table, List<Row>> table : changes.sorted().entrySet()) {
        writer(table.getKey()).write(connection, table.getValue());
      }
      addition.write(connection);
      transaction.commit();
    }
  }

  private static void settings(Connection connection, boolean onlyPosition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A holder that freezes here (a stopped process) must not keep its successor waiting.
      // A position alone need not wait for the disk: lost, it is found again by reading on.
      statement.execute(
          "SET LOCAL idle_in_transaction_session_timeout = '5s'"
              + (onlyPosition ? "; SET LOCAL synchronous_commit = off" : ""));
    }
  }

  private TableWriter writer(Table table) {
    TableWriter writer = tables.get(table);
    if (writer == null) {
      throw new IllegalStateException(
          "projection '" + projection + "' does not own table " + table.name());
    }
    return writer;
  }
}
