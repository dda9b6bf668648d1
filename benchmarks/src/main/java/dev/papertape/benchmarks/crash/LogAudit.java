package dev.papertape.benchmarks.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What must hold of a log whatever was killed while it was written.
 *
 * @param head the newest position
 * @param holes positions from 1 to the head that hold nothing
 * @param lost orders that a caller was told of, or that a key claims, and that are not in the log
 * @param doubled orders of callers that no key claims: a second execution of a key would be one
 * @param strays events of the engine out of the order of its epochs
 * @param eventsOfEpochs how many events the engine wrote under each epoch, from epoch 1
 * @param findings a sentence for each breach, a few of each kind
 */
record LogAudit(
    long head,
    long holes,
    long lost,
    long doubled,
    long strays,
    List<Long> eventsOfEpochs,
    List<String> findings) {
  /** Of the engine's ids: the default, which the audited programs are started with. */
  static final long SEED = 1;

  private static final String ROUTE = "POST /api/orders ";
  private static final int NAMED = 5;

  /**
   * Reads the whole log.
   *
   * @param acknowledged order ids by idempotency key, as callers were told
   */
  static LogAudit of(Connection connection, Map<String, String> acknowledged) throws SQLException {
    List<String> findings = new ArrayList<>();
    long head = number(connection, "SELECT coalesce(max(position), 0) FROM event_log");
    long holes = holes(connection, head, findings);
    Map<String, String> claimed = claimed(connection);
    List<String> begun = begun(connection);
    long lost = lost(acknowledged, claimed, new HashSet<>(begun), findings);
    long doubled = doubled(begun, claimed, findings);
    EngineEpochs epochs = epochs(connection);
    findings.addAll(epochs.findings());
    return new LogAudit(
        head, holes, lost, doubled, epochs.strays(), epochs.events(), List.copyOf(findings));
  }

  private static long holes(Connection connection, long head, List<String> findings)
      throws SQLException {
    long holes = head - number(connection, "SELECT count(*) FROM event_log WHERE position >= 1");
    if (holes != 0) {
      long first =
          number(
              connection,
              """
              SELECT min(before + 1) FROM
                (SELECT 0 AS before UNION ALL SELECT position FROM event_log) AS places
              WHERE NOT EXISTS (SELECT FROM event_log WHERE position = before + 1)
              """);
      findings.add(
          "%d positions up to %d hold nothing, the first is %d.".formatted(holes, head, first));
    }
    return holes;
  }

  /** Order ids by the caller's key; the route stands before it. */
  private static Map<String, String> claimed(Connection connection) throws SQLException {
    Map<String, String> claimed = new HashMap<>();
    for (List<String> row :
        rows(connection, "SELECT key, subject FROM idempotency WHERE key LIKE '" + ROUTE + "%'")) {
      claimed.put(row.get(0).substring(ROUTE.length()), row.get(1));
    }
    return claimed;
  }

  /** Ids of the orders that callers brought. */
  private static List<String> begun(Connection connection) throws SQLException {
    return rows(
            connection,
            """
            SELECT substr(aggregate_id, 7) FROM event_log
            WHERE aggregate_type = 'order' AND sequence = 0
              AND convert_from(metadata, 'UTF8')::json ->> 'actor' = 'api'
            ORDER BY position
            """)
        .stream()
        .map(List::getFirst)
        .toList();
  }

  private static long lost(
      Map<String, String> acknowledged,
      Map<String, String> claimed,
      Set<String> begun,
      List<String> findings) {
    List<String> lost = new ArrayList<>();
    acknowledged.forEach(
        (key, order) -> {
          if (!order.equals(claimed.get(key)) || !begun.contains(order)) {
            lost.add(
                "Order %s was acknowledged to key %s, which claims %s in the log."
                    .formatted(order, key, claimed.getOrDefault(key, "nothing")));
          }
        });
    claimed.forEach(
        (key, order) -> {
          if (!begun.contains(order) && !order.equals(acknowledged.get(key))) {
            lost.add("Key %s claims order %s, which is not in the log.".formatted(key, order));
          }
        });
    lost.stream().limit(NAMED).forEach(findings::add);
    return lost.size();
  }

  private static long doubled(
      List<String> begun, Map<String, String> claimed, List<String> findings) {
    Set<String> unclaimed = new HashSet<>(claimed.values());
    List<String> doubled = begun.stream().filter(order -> !unclaimed.remove(order)).toList();
    doubled.stream()
        .limit(NAMED)
        .map("Order %s is in the log and no key claims it."::formatted)
        .forEach(findings::add);
    return doubled.size();
  }

  private static EngineEpochs epochs(Connection connection) throws SQLException {
    int newest = (int) number(connection, "SELECT epoch FROM lease WHERE name = 'engine'");
    EngineEpochs epochs = new EngineEpochs(SEED, newest);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT position, event_id FROM event_log
                WHERE aggregate_type IN ('order', 'venue', 'portfolio', 'engine', 'quality', 'quarantine',
                  'review', 'regime', 'signal', 'signals', 'alpha-record', 'sizing', 'slo', 'pbt-scores',
                  'guard', 'guards') OR payload_type = 'alpha.AlphaBenched'
                ORDER BY position
                """)) {
      while (row.next()) {
        epochs.accept(row.getLong(1), row.getObject(2, UUID.class));
      }
    }
    return epochs;
  }

  /** The one number that the query gives, 0 if it gives nothing. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** All rows, as texts. */
  static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(row.getString(column));
        }
        rows.add(values);
      }
    }
    return rows;
  }
}
