package dev.papertape.query;

import dev.papertape.eventstore.web.Positioned;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Reads a projection's rows and the position they stand for, from one database snapshot. */
@Component
public final class ReadModels {
  private static final String STAND =
      """
      SELECT p.position, e.recorded_at
      FROM projection_position p JOIN event_log e ON e.position = p.position
      WHERE p.projection = ?
      """;

  private final DataSource dataSource;
  private final Clock clock;

  public ReadModels(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /** What a route reads; every query sees the same snapshot. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(Connection connection) throws SQLException;
  }

  /**
   * @throws org.springframework.dao.DataAccessException when the database cannot answer
   */
  public <T> Positioned<T> read(String projection, Reading<T> reading) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        return positioned(connection, projection, reading);
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
      }
    } catch (SQLException failed) {
      throw DatabaseFailure.of("reading " + projection, failed);
    }
  }

  private <T> Positioned<T> positioned(Connection connection, String projection, Reading<T> reading)
      throws SQLException {
    Instant asOf = clock.instant();
    long position = 0;
    try (PreparedStatement statement = connection.prepareStatement(STAND)) {
      statement.setString(1, projection);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          position = row.getLong(1);
          asOf = row.getObject(2, OffsetDateTime.class).toInstant();
        }
      }
    }
    return new Positioned<>(reading.read(connection), asOf, position);
  }

  /** One row of a result. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows of a query. */
  public static <T> List<T> rows(
      Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int p = 0; p < parameters.length; p++) {
        statement.setObject(p + 1, parameters[p]);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(row.read(result));
        }
        return rows;
      }
    }
  }
}
