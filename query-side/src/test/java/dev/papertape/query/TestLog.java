package dev.papertape.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.EventTypes;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.HeadListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;

/** Writes rows of the log as another process would, and tells readers. */
final class TestLog {
  private static final String INSERT =
      """
      INSERT INTO event_log
      SELECT coalesce(max(position), 0) + 1, ?,
             (SELECT count(*) FROM event_log WHERE aggregate_id = ?), ?, ?, ?, ?, '1', ?, ?, ?
      FROM event_log RETURNING position
      """;

  private final DataSource dataSource;
  private final CanonicalJson canonical = new CanonicalJson();

  TestLog(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns the event's position. */
  long append(String stream, DomainEvent event) throws SQLException {
    return append(stream, EventTypes.logicalName(event.getClass()), canonical.write(event));
  }

  long append(String stream, String payloadType, byte[] payload) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT);
        Statement notify = connection.createStatement()) {
      insert.setString(1, stream);
      insert.setString(2, stream);
      insert.setString(3, stream.substring(0, stream.indexOf(':')));
      insert.setObject(4, UUID.randomUUID());
      insert.setObject(5, Instant.parse("2026-01-01T00:00:00Z").atOffset(ZoneOffset.UTC));
      insert.setString(6, payloadType);
      insert.setBytes(7, payload);
      insert.setBytes(8, "{\"actor\":\"engine\",\"correlationId\":\"c1\"}".getBytes(UTF_8));
      insert.setBytes(9, new byte[32]);
      try (var row = insert.executeQuery()) {
        row.next();
        long position = row.getLong(1);
        notify.execute("NOTIFY " + HeadListener.CHANNEL);
        return position;
      }
    }
  }
}
