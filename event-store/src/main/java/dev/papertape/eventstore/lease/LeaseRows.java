package dev.papertape.eventstore.lease;

import dev.papertape.eventstore.append.AppendLock;
import dev.papertape.eventstore.jdbc.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** The statements on table {@code lease}; all time is the database's. */
final class LeaseRows {
  // clock_timestamp(), not now(): after a wait for the row's lock the time is looked at again.
  private static final String TAKEN =
      "SELECT 1 FROM lease WHERE name = ? AND expires_at > clock_timestamp()";
  private static final String ACQUIRE =
      """
      INSERT INTO lease (name, epoch, holder, expires_at)
      VALUES (?, 1, ?, clock_timestamp() + ? * interval '1 millisecond')
      ON CONFLICT (name) DO UPDATE
        SET epoch = lease.epoch + 1, holder = excluded.holder,
            expires_at = clock_timestamp() + ? * interval '1 millisecond'
        WHERE lease.expires_at <= clock_timestamp()
      RETURNING epoch
      """;
  private static final String RENEW =
      """
      UPDATE lease SET expires_at = clock_timestamp() + ? * interval '1 millisecond'
      WHERE name = ? AND epoch = ? AND holder = ? AND expires_at > clock_timestamp()
      """;
  private static final String RELEASE =
      """
      UPDATE lease SET expires_at = clock_timestamp()
      WHERE name = ? AND epoch = ? AND holder = ? AND expires_at > clock_timestamp()
      """;

  private final long ttlMillis;

  LeaseRows(Duration ttl) {
    this.ttlMillis = ttl.toMillis();
  }

  /**
   * Changes the holder, under the append lock: when this returns an epoch, no append of an older
   * one can commit any more.
   *
   * @return the new epoch, empty while another holds the lease
   */
  OptionalLong acquire(Connection connection, String name, String holder) throws SQLException {
    try (Transaction transaction = Transaction.begin(connection)) {
      OptionalLong epoch = OptionalLong.empty();
      if (!taken(connection, name)) {
        AppendLock.acquire(connection);
        epoch = change(connection, name, holder);
      }
      transaction.commit();
      return epoch;
    }
  }

  /** So that who stands by does not queue for the append lock at every attempt. */
  private static boolean taken(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKEN)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private OptionalLong change(Connection connection, String name, String holder)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
      statement.setString(1, name);
      statement.setString(2, holder);
      statement.setLong(3, ttlMillis);
      statement.setLong(4, ttlMillis);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /**
   * @return false if the lease ran out or was taken
   */
  boolean renew(Connection connection, Epoch epoch, String holder) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
      statement.setLong(1, ttlMillis);
      statement.setString(2, epoch.lease());
      statement.setLong(3, epoch.number());
      statement.setString(4, holder);
      return statement.executeUpdate() == 1;
    }
  }

  void release(Connection connection, Epoch epoch, String holder) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setString(1, epoch.lease());
      statement.setLong(2, epoch.number());
      statement.setString(3, holder);
      statement.executeUpdate();
    }
  }
}
