package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.log.LoggedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows of one projection in {@code projection_dead_letter}. */
final class DeadLetterRows {
  private final String projection;

  DeadLetterRows(String projection) {
    this.projection = projection;
  }

  /**
   * An event on its way to the dead letters.
   *
   * @param attempts 1 when folding it failed, 0 when it waits for an earlier one
   */
  record Parked(LoggedEvent event, String cause, int attempts) {}

  void park(Connection connection, List<Parked> letters) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO projection_dead_letter
              (projection, position, stream, sequence, payload_type, cause, attempts)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)) {
      for (Parked letter : letters) {
        statement.setString(1, projection);
        statement.setLong(2, letter.event().position());
        statement.setString(3, letter.event().stream());
        statement.setLong(4, letter.event().sequence());
        statement.setString(5, letter.event().payloadType());
        statement.setString(6, letter.cause());
        statement.setInt(7, letter.attempts());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  Set<String> parkedStreams(Connection connection) throws SQLException {
    return strings(
        connection, "SELECT DISTINCT stream FROM projection_dead_letter WHERE projection = ?");
  }

  Set<String> streamsToRetry(Connection connection) throws SQLException {
    return strings(
        connection,
        "SELECT DISTINCT stream FROM projection_dead_letter"
            + " WHERE projection = ? AND retry_requested");
  }

  /**
   * @return how many letters of the stream there are
   */
  int requestRetry(Connection connection, String stream) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE projection_dead_letter SET retry_requested = true"
                + " WHERE projection = ? AND stream = ?")) {
      statement.setString(1, projection);
      statement.setString(2, stream);
      return statement.executeUpdate();
    }
  }

  /** Positions of at most {@code limit} letters of the stream, oldest first. */
  List<Long> positions(Connection connection, String stream, int limit) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT position FROM projection_dead_letter"
                + " WHERE projection = ? AND stream = ? ORDER BY position LIMIT ?")) {
      statement.setString(1, projection);
      statement.setString(2, stream);
      statement.setInt(3, limit);
      List<Long> positions = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          positions.add(row.getLong(1));
        }
      }
      return positions;
    }
  }

  /** Removes the stream's letters up to and including {@code position}. */
  void remove(Connection connection, String stream, long position) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM projection_dead_letter"
                + " WHERE projection = ? AND stream = ? AND position <= ?")) {
      statement.setString(1, projection);
      statement.setString(2, stream);
      statement.setLong(3, position);
      statement.executeUpdate();
    }
  }

  /** Notes one more failed attempt at {@code position}; the stream's request is answered. */
  void failedAgain(Connection connection, String stream, long position, String cause)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE projection_dead_letter
            SET retry_requested = false,
                attempts = attempts + CASE WHEN position = ? THEN 1 ELSE 0 END,
                cause = CASE WHEN position = ? THEN ? ELSE cause END
            WHERE projection = ? AND stream = ?
            """)) {
      statement.setLong(1, position);
      statement.setLong(2, position);
      statement.setString(3, cause);
      statement.setString(4, projection);
      statement.setString(5, stream);
      statement.executeUpdate();
    }
  }

  void clear(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM projection_dead_letter WHERE projection = ?")) {
      statement.setString(1, projection);
      statement.executeUpdate();
    }
  }

  long count(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FROM projection_dead_letter WHERE projection = ?")) {
      statement.setString(1, projection);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** At most {@code limit} letters, oldest first. */
  List<DeadLetter> list(Connection connection, int limit) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT stream, sequence, position, payload_type, cause, parked_at, attempts
            FROM projection_dead_letter WHERE projection = ? ORDER BY position LIMIT ?
            """)) {
      statement.setString(1, projection);
      statement.setInt(2, limit);
      List<DeadLetter> letters = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          letters.add(
              new DeadLetter(
                  projection,
                  row.getString(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getString(4),
                  row.getString(5),
                  row.getObject(6, OffsetDateTime.class).toInstant(),
                  row.getInt(7)));
        }
      }
      return letters;
    }
  }

  /** What was thrown and where, short enough for a row. */
  static String describe(Throwable thrown) {
    String where =
        Arrays.stream(thrown.getStackTrace())
            .limit(3)
            .map(f -> "\n  at " + f)
            .reduce("", String::concat);
    String text = (thrown + where).replace("\u0000", "");
    return text.length() <= 2_000 ? text : text.substring(0, 2_000);
  }

  private Set<String> strings(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, projection);
      Set<String> strings = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          strings.add(row.getString(1));
        }
      }
      return strings;
    }
  }
}
