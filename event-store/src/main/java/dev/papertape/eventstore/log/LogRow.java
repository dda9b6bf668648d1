package dev.papertape.eventstore.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The columns of {@code event_log} in the order in which {@link LoggedEvent} has them. */
final class LogRow {
  static final String SELECT =
      "SELECT position, aggregate_id, sequence, aggregate_type, event_id, recorded_at,"
          + " payload_type, payload_revision, payload, metadata, leaf_hash FROM event_log";

  private LogRow() {}

  static LoggedEvent read(ResultSet row) throws SQLException {
    return new LoggedEvent(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        row.getObject(5, UUID.class),
        instant(row, 6),
        row.getString(7),
        row.getString(8),
        row.getBytes(9),
        row.getBytes(10),
        row.getBytes(11));
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
