package dev.papertape.eventstore.web;

import dev.papertape.eventstore.append.AppendFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Claimed keys in the table that the appender writes. */
public final class PostgresIdempotencyRecords implements IdempotencyRecords {
  private static final String FIND =
      "SELECT body_hash, subject, reply FROM idempotency WHERE key = ?";
  private static final String KEEP =
      "UPDATE idempotency SET reply = ? WHERE key = ? AND reply IS NULL";

  private final DataSource dataSource;

  public PostgresIdempotencyRecords(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<Claimed> find(String key) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Claimed(row.getString(1), row.getString(2), row.getBytes(3)))
            : Optional.empty();
      }
    } catch (SQLException away) {
      throw new AppendFailure.DatabaseUnavailable(away);
    }
  }

  @Override
  public void keepReply(String key, byte[] reply) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(KEEP)) {
      statement.setBytes(1, reply);
      statement.setString(2, key);
      statement.executeUpdate();
    } catch (SQLException away) {
      throw new AppendFailure.DatabaseUnavailable(away);
    }
  }
}
