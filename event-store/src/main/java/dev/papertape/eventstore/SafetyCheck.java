package dev.papertape.eventstore;

import dev.papertape.eventstore.json.CanonicalJson;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Refuses to start where an acknowledged event could be lost or come back changed. */
final class SafetyCheck {
  /** All of these wait for the local disk before COMMIT returns. */
  private static final Map<String, Set<String>> SAFE =
      Map.of(
          "fsync", Set.of("on"),
          "full_page_writes", Set.of("on"),
          "synchronous_commit", Set.of("on", "local", "remote_write", "remote_apply"));

  private record Probe(BigDecimal price, double ratio, Instant at, long count) {}

  private SafetyCheck() {}

  /**
   * @throws UnsafeStoreException if PostgreSQL may lose what it acknowledged
   * @throws IllegalStateException if it cannot be asked
   */
  static void requireDurable(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, Set<String>> setting : SAFE.entrySet()) {
        String value = show(statement, setting.getKey());
        if (!setting.getValue().contains(value)) {
          throw new UnsafeStoreException(
              "PostgreSQL runs with "
                  + setting.getKey()
                  + " = "
                  + value
                  + ": acknowledged events could be lost, so Papertape does not start; set it to on.");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL cannot be reached: " + e.getMessage(), e);
    }
  }

  /**
   * @throws UnsafeStoreException if a value comes back from JSON as another
   */
  static void requireFaithful(CanonicalJson json) {
    Probe probe =
        new Probe(
            new BigDecimal("0.10"),
            1.0 / 3,
            Instant.parse("2026-01-02T03:04:05.000006Z"),
            1L << 53);
    byte[] written = json.write(probe);
    if (!json.read(written, Probe.class).equals(probe)
        || !Arrays.equals(json.canonicalize(written), written)) {
      throw new UnsafeStoreException(
          "The JSON serializer changes values, so Papertape does not start; is another Jackson"
              + " version on the class path?");
    }
  }

  private static String show(Statement statement, String setting) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
