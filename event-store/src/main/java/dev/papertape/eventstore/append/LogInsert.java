package dev.papertape.eventstore.append;

import dev.papertape.eventstore.log.LeafHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a plan's rows, its claims and the COMMIT in one message. Arrays beat batched inserts twice
 * at 64 rows and by a fifth at 1,000 (measured), and keep one statement for every number of rows.
 */
final class LogInsert {
  private static final String EVENTS =
      "INSERT INTO event_log (position, aggregate_id, sequence, aggregate_type, event_id,"
          + " recorded_at, payload_type, payload_revision, payload, metadata, leaf_hash)"
          + " SELECT ? + row, id, sequence, type, event_id::uuid, ?, payload_type, revision,"
          + " payload, metadata, leaf FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[],"
          + " ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[]) WITH ORDINALITY"
          + " AS e (id, sequence, type, event_id, payload_type, revision, payload, metadata, leaf,"
          + " row)";
  private static final String CLAIMS =
      "; INSERT INTO idempotency (key, body_hash, subject, reply, position, created_at)"
          + " SELECT key, body_hash, subject, reply, position, ?"
          + " FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::bigint[])"
          + " AS c (key, body_hash, subject, reply, position)";

  /** Leases move on under the append lock only, so that both inserts see the same. */
  private static final String UNDER_EPOCHS =
      " WHERE NOT EXISTS (SELECT FROM unnest(?::text[], ?::bigint[]) AS held (name, epoch)"
          + " LEFT JOIN lease ON lease.name = held.name"
          + " WHERE lease.epoch IS DISTINCT FROM held.epoch)";

  private static final String COMMIT = "; COMMIT";

  private LogInsert() {}

  /** Inserts and commits, in a transaction that holds the append lock. */
  static void execute(Connection connection, AppendPlan plan) throws SQLException {
    String sql = EVENTS + (plan.claims().isEmpty() ? "" : CLAIMS) + COMMIT;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = events(connection, statement, plan);
      if (!plan.claims().isEmpty()) {
        claims(connection, statement, plan, next);
      }
      statement.execute();
    }
  }

  /**
   * Takes the append lock, inserts and commits.
   *
   * @return false if a lease is not at its epoch; then nothing was inserted
   */
  static boolean executeLocking(Connection connection, AppendPlan plan, Map<String, Long> epochs)
      throws SQLException {
    String condition = epochs.isEmpty() ? "" : UNDER_EPOCHS;
    String claims = plan.claims().isEmpty() ? "" : CLAIMS + condition;
    String sql = AppendLock.ACQUIRE + "; " + EVENTS + condition + claims + COMMIT;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = events(connection, statement, plan);
      next = epochs(connection, statement, epochs, next);
      if (!plan.claims().isEmpty()) {
        next = claims(connection, statement, plan, next);
        epochs(connection, statement, epochs, next);
      }
      statement.execute();
      // After the lock's result comes the number of inserted events.
      statement.getMoreResults();
      return statement.getUpdateCount() == plan.rows().size();
    }
  }

  private static int epochs(
      Connection connection, PreparedStatement statement, Map<String, Long> epochs, int first)
      throws SQLException {
    if (epochs.isEmpty()) {
      return first;
    }
    String[] names = epochs.keySet().toArray(String[]::new);
    Long[] numbers = Stream.of(names).map(epochs::get).toArray(Long[]::new);
    statement.setArray(first, connection.createArrayOf("text", names));
    statement.setArray(first + 1, connection.createArrayOf("bigint", numbers));
    return first + 2;
  }

  private static int events(Connection connection, PreparedStatement statement, AppendPlan plan)
      throws SQLException {
    List<AppendPlan.Row> rows = plan.rows();
    int size = rows.size();
    String[] streams = new String[size];
    Long[] sequences = new Long[size];
    String[] types = new String[size];
    String[] ids = new String[size];
    String[] payloadTypes = new String[size];
    String[] revisions = new String[size];
    byte[][] payloads = new byte[size][];
    byte[][] metadata = new byte[size][];
    byte[][] leaves = new byte[size][];
    String recordedAt = LeafHash.text(plan.recordedAt());
    for (int i = 0; i < size; i++) {
      AppendPlan.Row row = rows.get(i);
      PreparedEvent event = row.event();
      streams[i] = event.stream();
      sequences[i] = row.sequence();
      types[i] = event.streamType();
      ids[i] = event.eventId().toString();
      payloadTypes[i] = event.payloadType();
      revisions[i] = event.payloadRevision();
      payloads[i] = event.payload();
      metadata[i] = event.metadata();
      leaves[i] = event.leafHash().at(plan.head() + i + 1, row.sequence(), recordedAt);
    }
    statement.setLong(1, plan.head());
    statement.setObject(2, LogSession.utc(plan.recordedAt()));
    statement.setArray(3, connection.createArrayOf("text", streams));
    statement.setArray(4, connection.createArrayOf("bigint", sequences));
    statement.setArray(5, connection.createArrayOf("text", types));
    statement.setArray(6, connection.createArrayOf("text", ids));
    statement.setArray(7, connection.createArrayOf("text", payloadTypes));
    statement.setArray(8, connection.createArrayOf("text", revisions));
    statement.setArray(9, connection.createArrayOf("bytea", payloads));
    statement.setArray(10, connection.createArrayOf("bytea", metadata));
    statement.setArray(11, connection.createArrayOf("bytea", leaves));
    return 12;
  }

  private static int claims(
      Connection connection, PreparedStatement statement, AppendPlan plan, int first)
      throws SQLException {
    List<AppendPlan.Claim> claims = plan.claims();
    int size = claims.size();
    String[] keys = new String[size];
    String[] hashes = new String[size];
    String[] subjects = new String[size];
    byte[][] replies = new byte[size][];
    Long[] positions = new Long[size];
    for (int i = 0; i < size; i++) {
      AppendPlan.Claim claim = claims.get(i);
      keys[i] = claim.claim().key();
      hashes[i] = claim.claim().bodyHash();
      subjects[i] = claim.claim().subject();
      replies[i] = claim.claim().reply();
      positions[i] = claim.position();
    }
    statement.setObject(first, LogSession.utc(plan.recordedAt()));
    statement.setArray(first + 1, connection.createArrayOf("text", keys));
    statement.setArray(first + 2, connection.createArrayOf("text", hashes));
    statement.setArray(first + 3, connection.createArrayOf("text", subjects));
    statement.setArray(first + 4, connection.createArrayOf("bytea", replies));
    statement.setArray(first + 5, connection.createArrayOf("bigint", positions));
    return first + 6;
  }
}
