package dev.papertape.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.query.QuerySideApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the read models as they grew with the same folded from the log at once. */
final class Rebuild {
  private static final Duration ATMOST = Duration.ofMinutes(2);

  private Rebuild() {}

  static void givesTheSameRows(PostgresDatabase database, Path folder)
      throws IOException, SQLException, InterruptedException {
    Map<String, List<String>> grown;
    try (JavaProgram query = querySide("catching-up", database, folder)) {
      awaitHead(database, query);
      query.stop();
    }
    try (Connection connection = database.connect()) {
      grown = rows(connection);
      assertThat(grown.get("execution_order")).isNotEmpty();
      forget(connection, grown);
    }
    try (JavaProgram query = querySide("rebuilding", database, folder)) {
      awaitHead(database, query);
      query.stop();
    }
    try (Connection connection = database.connect()) {
      Map<String, List<String>> rebuilt = rows(connection);
      assertThat(rebuilt.keySet()).isEqualTo(grown.keySet());
      grown.forEach(
          (table, rows) ->
              assertThat(rebuilt.get(table).equals(rows))
                  .as(
                      "%s: grown %d rows, %s",
                      table, rows.size(), difference(rows, rebuilt.get(table)))
                  .isTrue());
    }
  }

  private static String difference(List<String> grown, List<String> rebuilt) {
    List<String> lost = grown.stream().filter(row -> !rebuilt.contains(row)).limit(2).toList();
    List<String> added = rebuilt.stream().filter(row -> !grown.contains(row)).limit(2).toList();
    return "only grown " + lost + ", only rebuilt " + added;
  }

  private static JavaProgram querySide(String name, PostgresDatabase database, Path folder)
      throws IOException {
    return JavaProgram.start(
        name,
        folder,
        Map.of(
            "PAPERTAPE_DATABASE_URL", database.jdbcUrl(),
            "PAPERTAPE_DATABASE_USER", database.user(),
            "PAPERTAPE_DATABASE_PASSWORD", database.password(),
            "SERVER_PORT", "0"),
        QuerySideApplication.class.getName(),
        List.of());
  }

  private static void awaitHead(PostgresDatabase database, JavaProgram query) {
    Waiting.until(
        "projections at the head",
        ATMOST,
        () -> {
          if (!query.isAlive()) {
            throw new IllegalStateException(query.output());
          }
          try (Connection connection = database.connect()) {
            return LogAudit.number(connection, "SELECT min(position) FROM projection_position")
                == LogAudit.head(connection);
          }
        });
  }

  private static void forget(Connection connection, Map<String, List<String>> tables)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : tables.keySet()) {
        statement.execute("TRUNCATE " + table);
      }
      statement.execute(
          "UPDATE projection_position SET position = 0, replay_until ="
              + " (SELECT max(position) FROM event_log)");
    }
  }

  /** Of every table that projections own. */
  private static Map<String, List<String>> rows(Connection connection) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    List<String> tables =
        LogAudit.rows(
            connection,
            """
            SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename ~ '^(router|market|execution)_'
            """,
            List::getFirst);
    for (String table : tables) {
      String sql = "SELECT to_jsonb(t)::text FROM %s t ORDER BY 1".formatted(table);
      rows.put(table, LogAudit.rows(connection, sql, List::getFirst));
    }
    return rows;
  }
}
