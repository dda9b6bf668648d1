package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.lease.Epoch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The row of one projection in {@code projection_position}: where it stands, and the fence. A
 * writer touches this row before any other, so two writers of one projection wait for each other
 * here and never dead-lock.
 */
final class PositionRow {
  private static final String CLAIM =
      """
      INSERT INTO projection_position (projection, position, epoch, replay_until, updated_at)
      VALUES (?, 0, ?, ?, now())
      ON CONFLICT (projection) DO UPDATE SET epoch = excluded.epoch
        WHERE projection_position.epoch <= excluded.epoch
      RETURNING position, replay_until
      """;
  private static final String ADVANCE =
      """
      UPDATE projection_position SET position = ?, updated_at = now()
      WHERE projection = ? AND epoch = ? AND position = ?
      """;
  private static final String RESET =
      """
      INSERT INTO projection_position (projection, position, epoch, replay_until, updated_at)
      VALUES (?, 0, 0, ?, now())
      ON CONFLICT (projection) DO UPDATE
        SET position = 0, replay_until = excluded.replay_until, updated_at = now()
      """;
  private static final String READ =
      "SELECT position, replay_until FROM projection_position WHERE projection = ?";

  private final String projection;

  PositionRow(String projection) {
    this.projection = projection;
  }

  /** Where a projection stands, and until where it replays. */
  record Stand(long position, long replayUntil) {}

  /**
   * Puts the epoch into the row; waits for a write of the old holder that is under way. From then
   * on no older holder can write.
   *
   * @param head position of the newest event: a new projection replays until there
   * @return empty if a newer epoch stands there
   */
  Optional<Stand> claim(Connection connection, Epoch epoch, long head) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, projection);
      statement.setLong(2, epoch.number());
      statement.setLong(3, head);
      return stand(statement);
    }
  }

  /**
   * @return false if the row is no longer at {@code from} under this epoch: another holder wrote,
   *     or the projection was reset
   */
  boolean advance(Connection connection, Epoch epoch, long from, long to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, to);
      statement.setString(2, projection);
      statement.setLong(3, epoch.number());
      statement.setLong(4, from);
      return statement.executeUpdate() == 1;
    }
  }

  void reset(Connection connection, long head) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESET)) {
      statement.setString(1, projection);
      statement.setLong(2, head);
      statement.executeUpdate();
    }
  }

  /**
   * @return empty for a projection that never ran
   */
  Optional<Stand> read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, projection);
      return stand(statement);
    }
  }

  private static Optional<Stand> stand(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(new Stand(row.getLong(1), row.getLong(2))) : Optional.empty();
    }
  }
}
