package dev.papertape.eventstore.append;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is asked of the log only after something went wrong; with the append lock held. */
final class LogLookups {
  private static final String EXISTING =
      "SELECT e.aggregate_id, e.sequence FROM unnest(?::text[], ?::bigint[]) AS s (id, sequence)"
          + " JOIN event_log e ON e.aggregate_id = s.id AND e.sequence = s.sequence";
  private static final String CLAIMED = "SELECT key FROM idempotency WHERE key = ANY (?)";
  private static final String STANDING =
      "SELECT count(*) FROM unnest(?::text[], ?::bigint[], ?::text[]) WITH ORDINALITY"
          + " AS s (id, sequence, event_id, ordinality)"
          + " JOIN event_log e ON e.aggregate_id = s.id AND e.sequence = s.sequence"
          + " AND e.event_id = s.event_id::uuid AND e.position = ? + s.ordinality";

  private final Connection connection;

  LogLookups(Connection connection) {
    this.connection = connection;
  }

  Set<StreamPlace> existing(List<StreamPlace> places) throws SQLException {
    Set<StreamPlace> existing = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
      statement.setArray(1, texts(places.stream().map(StreamPlace::stream).toList()));
      statement.setArray(
          2, array("bigint", places.stream().map(StreamPlace::sequence).toArray(Long[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          existing.add(new StreamPlace(rows.getString(1), rows.getLong(2)));
        }
      }
    }
    return existing;
  }

  Set<String> claimed(Collection<String> keys) throws SQLException {
    Set<String> claimed = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(CLAIMED)) {
      statement.setArray(1, texts(keys));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          claimed.add(rows.getString(1));
        }
      }
    }
    return claimed;
  }

  boolean stands(AppendPlan plan) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STANDING)) {
      List<AppendPlan.Row> rows = plan.rows();
      statement.setArray(1, texts(rows.stream().map(row -> row.event().stream()).toList()));
      statement.setArray(
          2, array("bigint", rows.stream().map(AppendPlan.Row::sequence).toArray(Long[]::new)));
      statement.setArray(
          3, texts(rows.stream().map(row -> row.event().eventId().toString()).toList()));
      statement.setLong(4, plan.head());
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1) == rows.size();
      }
    }
  }

  private Array texts(Collection<String> texts) throws SQLException {
    return array("text", texts.toArray());
  }

  private Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
