package dev.papertape.query;

import dev.papertape.eventstore.jdbc.Transaction;
import dev.papertape.eventstore.web.AsOf;
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
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Reads a projection's rows and the position they stand for, from one database snapshot. */
@Component
public final class ReadModels {
  private static final String STAND =
      "SELECT position FROM projection_position WHERE projection = ?";

  private static final String RECORDED = "SELECT recorded_at FROM event_log WHERE position = ?";

  private final DataSource dataSource;
  private final Moments moments;
  private final Clock clock;

  public ReadModels(DataSource dataSource, Moments moments, Clock clock) {
    this.dataSource = dataSource;
    this.moments = moments;
    this.clock = clock;
  }

  /** What a route reads that can answer as of an earlier position. */
  @FunctionalInterface
  public interface HistoricalReading<T> {
    T read(Connection connection, long position) throws SQLException;
  }

  /**
   * Reads as it stood at {@code asOf}; without one, as it stands.
   *
   * @throws dev.papertape.eventstore.web.ProblemException as {@link Moments#position} says
   */
  public <T> Positioned<T> read(
      String projection, Optional<AsOf> asOf, HistoricalReading<T> reading) {
    if (asOf.isPresent()) {
      long position = moments.position(asOf.get(), projection);
      return snapshot(projection, connection -> at(connection, position, reading));
    }
    return snapshot(
        projection, connection -> at(connection, stand(connection, projection), reading));
  }

  private <T> Positioned<T> at(Connection connection, long position, HistoricalReading<T> reading)
      throws SQLException {
    List<Instant> recorded = rows(connection, RECORDED, row -> instant(row, 1), position);
    Instant asOf = recorded.isEmpty() ? clock.instant() : recorded.getFirst();
    return new Positioned<>(reading.read(connection, position), asOf, position);
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
    return read(projection, Optional.empty(), (connection, position) -> reading.read(connection));
  }

  private <T> T snapshot(String projection, Reading<T> reading) {
    try (Connection connection = dataSource.getConnection();
        Transaction transaction = Transaction.begin(connection)) {
      transaction.snapshot();
      return reading.read(connection);
    } catch (SQLException failed) {
      throw DatabaseFailure.of("reading " + projection, failed);
    }
  }

  private static long stand(Connection connection, String projection) throws SQLException {
    List<Long> stand = rows(connection, STAND, row -> row.getLong(1), projection);
    return stand.isEmpty() ? 0 : stand.getFirst();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
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
