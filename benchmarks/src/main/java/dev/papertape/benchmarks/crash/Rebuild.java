package dev.papertape.benchmarks.crash;

import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.query.QuerySideApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares the read models as they grew with the same folded from the log at once. */
final class Rebuild {
  private static final Duration AT_MOST = Duration.ofMinutes(5);
  private static final int NAMED = 2;

  private Rebuild() {}

  /**
   * A sentence for each table that differs; empty when the rebuild gives the same rows. Changes the
   * read models of the database; its log must have no other reader or writer.
   *
   * @throws CheckFailed if the projections do not reach the head, or have nothing to compare
   */
  static List<String> differences(PostgresDatabase database, Path folder)
      throws IOException, SQLException, InterruptedException {
    foldToHead("catching-up", database, folder);
    List<String> differences = new ArrayList<>();
    Map<String, List<String>> grown;
    try (Connection connection = database.connect()) {
      grown = readModels(connection);
      if (grown.getOrDefault("execution_order", List.of()).isEmpty()) {
        throw new CheckFailed("The read models hold no order: there is nothing to compare.");
      }
      differences.addAll(parked(connection));
      forget(connection, grown.keySet());
    }
    foldToHead("rebuilding", database, folder);
    try (Connection connection = database.connect()) {
      Map<String, List<String>> rebuilt = readModels(connection);
      grown.forEach(
          (table, rows) ->
              differences.addAll(differences(table, rows, rebuilt.getOrDefault(table, List.of()))));
    }
    return differences;
  }

  /** One sentence, or none when both have the same rows, in whatever order. */
  static List<String> differences(String table, List<String> grown, List<String> rebuilt) {
    List<String> onlyGrown = without(grown, rebuilt);
    List<String> onlyRebuilt = without(rebuilt, grown);
    if (onlyGrown.isEmpty() && onlyRebuilt.isEmpty() && grown.size() == rebuilt.size()) {
      return List.of();
    }
    return List.of(
        "Table %s: %d rows as it grew, %d rebuilt; %d only as it grew, as %s; %d only rebuilt, as %s."
            .formatted(
                table,
                grown.size(),
                rebuilt.size(),
                onlyGrown.size(),
                onlyGrown.stream().limit(NAMED).toList(),
                onlyRebuilt.size(),
                onlyRebuilt.stream().limit(NAMED).toList()));
  }

  private static List<String> without(List<String> rows, List<String> others) {
    Set<String> known = new HashSet<>(others);
    return rows.stream().filter(row -> !known.contains(row)).toList();
  }

  private static List<String> parked(Connection connection) throws SQLException {
    long parked = LogAudit.number(connection, "SELECT count(*) FROM projection_dead_letter");
    return parked == 0 ? List.of() : List.of("Projections parked %d events.".formatted(parked));
  }

  private static void foldToHead(String name, PostgresDatabase database, Path folder)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of(
            "PAPERTAPE_DATABASE_URL", database.jdbcUrl(),
            "PAPERTAPE_DATABASE_USER", database.user(),
            "PAPERTAPE_DATABASE_PASSWORD", database.password(),
            "SERVER_PORT", "0");
    try (JavaProgram query =
        JavaProgram.start(
            name, folder, environment, QuerySideApplication.class.getName(), List.of())) {
      Waiting.until("the projections are at the head", AT_MOST, () -> atHead(database, query));
      query.stop();
    }
  }

  private static boolean atHead(PostgresDatabase database, JavaProgram query)
      throws IOException, SQLException {
    if (!query.isAlive()) {
      throw new CheckFailed("The query side ended by itself: " + query.output());
    }
    try (Connection connection = database.connect()) {
      return LogAudit.number(connection, "SELECT min(position) FROM projection_position")
          == LogAudit.number(connection, "SELECT max(position) FROM event_log");
    }
  }

  private static void forget(Connection connection, Set<String> tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute("TRUNCATE " + table);
      }
      statement.execute(
          "UPDATE projection_position SET position = 0, replay_until ="
              + " (SELECT max(position) FROM event_log)");
    }
  }

  /** The rows of every table that projections own. */
  private static Map<String, List<String>> readModels(Connection connection) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    List<List<String>> tables =
        LogAudit.rows(
            connection,
            """
            SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename ~ '^(router|market|execution)_'
            """);
    for (List<String> table : tables) {
      String sql = "SELECT to_jsonb(t)::text FROM %s t".formatted(table.getFirst());
      rows.put(
          table.getFirst(), LogAudit.rows(connection, sql).stream().map(List::getFirst).toList());
    }
    return rows;
  }
}
