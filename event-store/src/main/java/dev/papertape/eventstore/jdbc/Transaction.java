package dev.papertape.eventstore.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One transaction on a connection of the pool; to be used in try-with-resources. Closing rolls back
 * what was not committed and gives the connection back as it came.
 *
 * <p>Hikari closes a lost connection's proxy at once, so every call on it that would clean up fails
 * as well, with a message and no SQLState. In {@code finally} such a call replaces the failure that
 * says what happened; here it is suppressed in it.
 */
public final class Transaction implements AutoCloseable {
  private final Connection connection;
  private boolean committed;
  private boolean readOnly;
  private boolean snapshot;

  private Transaction(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param connection in auto-commit mode, read committed, writable
   */
  public static Transaction begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    return new Transaction(connection);
  }

  /** Before the first statement. */
  public void readOnly() throws SQLException {
    readOnly = true;
    connection.setReadOnly(true);
  }

  /** Before the first statement: read only, and every query sees what the first one sees. */
  public void snapshot() throws SQLException {
    snapshot = true;
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    readOnly();
  }

  public void commit() throws SQLException {
    connection.commit();
    committed = true;
  }

  @Override
  public void close() throws SQLException {
    if (!committed) {
      connection.rollback();
    }
    if (readOnly) {
      connection.setReadOnly(false);
    }
    if (snapshot) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
    connection.setAutoCommit(true);
  }
}
