package dev.papertape.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** What must hold of a log whatever was killed while it was written. */
final class LogAudit {
  private static final long SEED = 1;

  private LogAudit() {}

  static long head(Connection connection) throws SQLException {
    return number(connection, "SELECT coalesce(max(position), 0) FROM event_log");
  }

  static void hasNoHole(Connection connection) throws SQLException {
    assertThat(number(connection, "SELECT count(*) FROM event_log")).isEqualTo(head(connection));
    assertThat(number(connection, "SELECT min(position) FROM event_log")).isEqualTo(1);
  }

  /**
   * Each acknowledged order is the one order of its key, and no order of a caller is there that no
   * key claims: a second execution of a key would be one.
   */
  static void hasEveryOrderOnce(Connection connection, Map<String, String> acknowledged)
      throws SQLException {
    Map<String, String> claimed = new HashMap<>();
    rows(connection, "SELECT key, subject FROM idempotency", row -> row)
        // The route stands before the caller's own key.
        .forEach(row -> claimed.put(row.get(0).replace("POST /api/orders ", ""), row.get(1)));
    List<String> begun =
        rows(
                connection,
                """
                SELECT substr(aggregate_id, 7) FROM event_log
                WHERE aggregate_type = 'order' AND sequence = 0
                  AND convert_from(metadata, 'UTF8')::json ->> 'actor' = 'api'
                """,
                row -> row)
            .stream()
            .map(List::getFirst)
            .toList();
    assertThat(
            acknowledged.entrySet().stream().filter(e -> !claimed.entrySet().contains(e)).limit(5))
        .as("acknowledged, but not the order of its key")
        .isEmpty();
    assertThat(begun).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(begun)).isEqualTo(new TreeSet<>(claimed.values()));
  }

  /**
   * The engine's event ids are SHA-256 over (seed, epoch, kind, number of the fact), so each can be
   * told its epoch by working the ids of all epochs out. In log order epochs never fall.
   *
   * @return how many events each epoch wrote, from epoch 1
   */
  static List<Long> epochsNeverFall(Connection connection) throws SQLException {
    long head = head(connection);
    long epochs = number(connection, "SELECT epoch FROM lease WHERE name = 'engine'");
    Map<UUID, Integer> epochOfId = new HashMap<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      // A fact has one number, and an epoch has at most the whole log's facts and those it lost.
      for (long fact = 0; fact <= head + 40_000; fact++) {
        epochOfId.put(id(epoch, fact), epoch);
      }
    }
    List<Long> counts = new ArrayList<>(java.util.Collections.nCopies((int) epochs, 0L));
    int newest = 1;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT position, event_id FROM event_log
                WHERE aggregate_type IN ('order', 'venue') ORDER BY position
                """)) {
      while (row.next()) {
        Integer epoch = epochOfId.get(row.getObject(2, UUID.class));
        assertThat(epoch).as("epoch of position %d", row.getLong(1)).isNotNull();
        assertThat(epoch).as("epoch at position %d", row.getLong(1)).isGreaterThanOrEqualTo(newest);
        newest = epoch;
        counts.set(epoch - 1, counts.get(epoch - 1) + 1);
      }
    }
    return counts;
  }

  private static UUID id(long epoch, long fact) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(16).putLong(SEED).putLong(epoch).array());
      digest.update("EVENT".getBytes(StandardCharsets.US_ASCII));
      digest.update(ByteBuffer.allocate(8).putLong(fact).array());
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
      long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static <T> List<T> rows(
      Connection connection, String sql, java.util.function.Function<List<String>, T> read)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(row.getString(column));
        }
        rows.add(read.apply(values));
      }
    }
    return rows;
  }
}
