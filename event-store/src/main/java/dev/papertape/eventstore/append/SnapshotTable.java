package dev.papertape.eventstore.append;

import dev.papertape.eventstore.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/** The newest snapshot of each aggregate. An older one never replaces a newer one. */
public final class SnapshotTable {
  private static final String STORE =
      "INSERT INTO snapshot (aggregate_id, sequence, aggregate_type, event_id, recorded_at,"
          + " payload_type, payload_revision, payload, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (aggregate_id) DO UPDATE SET sequence = EXCLUDED.sequence,"
          + " aggregate_type = EXCLUDED.aggregate_type, event_id = EXCLUDED.event_id,"
          + " recorded_at = EXCLUDED.recorded_at, payload_type = EXCLUDED.payload_type,"
          + " payload_revision = EXCLUDED.payload_revision, payload = EXCLUDED.payload,"
          + " metadata = EXCLUDED.metadata WHERE snapshot.sequence <= EXCLUDED.sequence";
  private static final String READ =
      "SELECT aggregate_type, sequence, event_id, recorded_at, payload_type, payload_revision,"
          + " payload, metadata FROM snapshot WHERE aggregate_id = ?";

  private final DataSource dataSource;

  public SnapshotTable(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  void store(DomainEventMessage<?> snapshot, Serializer serializer) {
    SerializedObject<byte[]> payload = snapshot.serializePayload(serializer, byte[].class);
    SerializedObject<byte[]> metadata = snapshot.serializeMetaData(serializer, byte[].class);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(STORE)) {
      statement.setString(1, snapshot.getAggregateIdentifier());
      statement.setLong(2, snapshot.getSequenceNumber());
      statement.setString(3, snapshot.getType());
      statement.setObject(4, GroupCommitEventStorageEngine.eventId(snapshot));
      statement.setObject(5, LogSession.utc(snapshot.getTimestamp()));
      statement.setString(6, payload.getType().getName());
      statement.setString(7, payload.getType().getRevision());
      statement.setBytes(8, payload.getData());
      statement.setBytes(9, metadata.getData());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new LogUnavailableException(e);
    }
  }

  Optional<DomainEventData<byte[]>> read(String aggregateId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, aggregateId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(entry(aggregateId, row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new LogUnavailableException(e);
    }
  }

  private static DomainEventData<byte[]> entry(String aggregateId, ResultSet row)
      throws SQLException {
    Instant recordedAt = row.getObject(4, OffsetDateTime.class).toInstant();
    return new GenericDomainEventEntry<>(
        row.getString(1),
        aggregateId,
        row.getLong(2),
        row.getString(3),
        recordedAt,
        row.getString(5),
        row.getString(6),
        row.getBytes(7),
        row.getBytes(8));
  }
}
