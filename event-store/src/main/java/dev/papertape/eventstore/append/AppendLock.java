package dev.papertape.eventstore.append;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The lock under which positions are assigned, in every process over one database. Who holds it may
 * be sure that no append is under way and that none commits until its own transaction ends: a
 * change of a lease's epoch is made under it.
 */
public final class AppendLock {
  private static final long KEY = 0x7061706572746C67L;

  /** Waits for the lock; it is released when the transaction ends. */
  static final String ACQUIRE = "SELECT pg_advisory_xact_lock(" + KEY + ")";

  private AppendLock() {}

  /** Waits for the lock; held until the connection's transaction ends (auto-commit must be off). */
  public static void acquire(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ACQUIRE);
    }
  }
}
