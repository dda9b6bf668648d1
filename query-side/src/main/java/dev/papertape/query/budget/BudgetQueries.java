package dev.papertape.query.budget;

import dev.papertape.contracts.budget.BudgetEvent;
import dev.papertape.contracts.budget.BudgetEvent.FallbackChosen;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.budget.BudgetStatus.RouteView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The SQL over the budget projection's tables and the events that they point at. */
@Component
final class BudgetQueries {
  private static final String ROUTES =
      """
      SELECT e.position, e.payload_type, e.payload
      FROM (SELECT DISTINCT ON (capability, subject) capability, subject, position
        FROM budget_route WHERE position <= ? ORDER BY capability, subject, position DESC) r
      JOIN event_log e ON e.position = r.position
      ORDER BY r.capability, r.subject
      """;
  private static final String ENTRIES =
      """
      SELECT e.position, e.recorded_at, b.type, e.payload_type, e.payload
      FROM budget_event b JOIN event_log e ON e.position = b.position
      WHERE b.position < ?""";

  private final EventJson json;

  BudgetQueries(EventJson json) {
    this.json = json;
  }

  /** The newest choice of each kind as of a position. */
  List<RouteView> routes(Connection connection, long position) throws SQLException {
    return ReadModels.rows(
        connection,
        ROUTES,
        row -> {
          FallbackChosen chosen = (FallbackChosen) json.event(row.getString(2), row.getBytes(3));
          return new RouteView(
              chosen.capability(),
              chosen.subject(),
              chosen.chosen(),
              chosen.rejected(),
              chosen.at(),
              row.getLong(1));
        },
        position);
  }

  /**
   * Newest first.
   *
   * @param filters column to value; all must match
   */
  List<LedgerEntry> entries(
      Connection connection, Map<String, String> filters, int limit, long before)
      throws SQLException {
    StringBuilder sql = new StringBuilder(ENTRIES);
    List<Object> parameters = new ArrayList<>(List.of(before));
    filters.forEach(
        (column, value) -> {
          sql.append(" AND b.").append(column).append(" = ?");
          parameters.add(value);
        });
    sql.append(" ORDER BY b.position DESC LIMIT ?");
    parameters.add(limit);
    return ReadModels.rows(
        connection,
        sql.toString(),
        row ->
            LedgerEntry.of(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                (BudgetEvent) json.event(row.getString(4), row.getBytes(5))),
        parameters.toArray());
  }
}
