package dev.papertape.eventstore.heartbeat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Reads what all processes said last. */
public final class Heartbeats {
  private static final TypeReference<Map<String, Long>> EPOCHS = new TypeReference<>() {};
  private static final String READ =
      """
      SELECT process_id, role, started_at, beat_at, lease_epochs, stats,
             greatest(0, extract(epoch FROM clock_timestamp() - beat_at)) * 1000
      FROM process_heartbeat
      WHERE beat_at >= clock_timestamp() - interval '1 minute'
      ORDER BY role, started_at, process_id
      """;

  private final DataSource dataSource;
  private final ObjectMapper mapper;

  public Heartbeats(DataSource dataSource, ObjectMapper mapper) {
    this.dataSource = dataSource;
    this.mapper = mapper;
  }

  /** Processes that beat within the last minute, by role, oldest first. */
  public List<ProcessBeat> read() throws SQLException {
    List<ProcessBeat> beats = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        beats.add(beat(row));
      }
    }
    return beats;
  }

  private ProcessBeat beat(ResultSet row) throws SQLException {
    try {
      return new ProcessBeat(
          row.getString(1),
          row.getString(2),
          row.getObject(3, OffsetDateTime.class).toInstant(),
          row.getObject(4, OffsetDateTime.class).toInstant(),
          Duration.ofMillis(row.getLong(7)),
          mapper.readValue(row.getString(5), EPOCHS),
          mapper.readTree(row.getString(6)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }
}
