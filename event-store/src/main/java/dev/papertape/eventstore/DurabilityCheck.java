package dev.papertape.eventstore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Refuses a database that may forget what it acknowledged. */
public final class DurabilityCheck {
  /** The oldest PostgreSQL that is supported, as {@code server_version_num} counts. */
  private static final int OLDEST_VERSION = 150_000;

  private static final Map<String, List<String>> SAFE =
      Map.of(
          "fsync", List.of("on"),
          "full_page_writes", List.of("on"),
          "synchronous_commit", List.of("on", "local", "remote_write", "remote_apply"));

  private DurabilityCheck() {}

  /**
   * @throws UnsafeDatabaseException with one sentence that names the setting
   */
  public static void requireDurable(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      int version = Integer.parseInt(show(statement, "server_version_num"));
      if (version < OLDEST_VERSION) {
        throw new UnsafeDatabaseException(
            "the database is PostgreSQL " + show(statement, "server_version") + "; 15 is needed");
      }
      for (Map.Entry<String, List<String>> setting : SAFE.entrySet()) {
        String value = show(statement, setting.getKey());
        if (!setting.getValue().contains(value)) {
          throw new UnsafeDatabaseException(
              "the database runs with "
                  + setting.getKey()
                  + " = "
                  + value
                  + " and may lose acknowledged events; it must be "
                  + setting.getValue().getFirst());
        }
      }
    } catch (SQLException away) {
      throw new UnsafeDatabaseException(
          "the database cannot be asked for its settings: " + away.getMessage(), away);
    }
  }

  private static String show(Statement statement, String setting) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
