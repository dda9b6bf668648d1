package dev.papertape.query.execution;

import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.OrderFillView;
import dev.papertape.contracts.execution.OrderView;
import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The SQL over the execution projection's tables. */
@Component
public final class OrderQueries {
  /** Filter that holds for any owner, not for a column. */
  static final String OWNER = "owner";

  private final EventJson json;

  OrderQueries(EventJson json) {
    this.json = json;
  }

  /** Orders blocked in the last minute of feed time. */
  public long blockedLastMinute(Connection connection) throws SQLException {
    return FeedMinute.count(
        connection,
        ExecutionProjection.NAME,
        Long.MAX_VALUE - 1,
        EventJson.names(Set.of(OrderBlocked.class)));
  }

  Optional<OrderView> order(Connection connection, String orderId) throws SQLException {
    return ReadModels.rows(
            connection,
            "SELECT view FROM execution_order WHERE order_id = ?",
            row -> json.view(row.getString(1), OrderView.class),
            orderId)
        .stream()
        .findFirst();
  }

  /**
   * @param filters column, or {@link #OWNER}, to value; all must match
   */
  List<OrderRow> orders(Connection connection, Map<String, String> filters, int limit, long before)
      throws SQLException {
    return page(
        connection, "execution_order", filters, limit, before, row -> order(json, row, 1, 2));
  }

  List<FillRow> fills(Connection connection, Map<String, String> filters, int limit, long before)
      throws SQLException {
    return page(
        connection,
        "execution_fill",
        filters,
        limit,
        before,
        row -> new FillRow(json.view(row.getString(2), OrderFillView.class), row.getLong(1)));
  }

  Optional<PortfolioView> portfolio(Connection connection) throws SQLException {
    return ReadModels.rows(
            connection,
            "SELECT view FROM execution_portfolio WHERE portfolio = ?",
            row -> json.view(row.getString(1), PortfolioView.class),
            ExecutionProjection.PAPER)
        .stream()
        .findFirst();
  }

  static OrderRow order(EventJson json, ResultSet row, int position, int view) throws SQLException {
    return new OrderRow(json.view(row.getString(view), OrderView.class), row.getLong(position));
  }

  private static <T> List<T> page(
      Connection connection,
      String table,
      Map<String, String> filters,
      int limit,
      long before,
      ReadModels.Row<T> row)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder("SELECT position, view FROM ")
            .append(table)
            .append(" WHERE position < ?");
    List<Object> parameters = new ArrayList<>(List.of(before));
    filters.forEach(
        (column, value) -> {
          if (column.equals(OWNER)) {
            sql.append(" AND position IN (SELECT position FROM ")
                .append(table)
                .append("_owner WHERE alpha_id = ?)");
          } else {
            sql.append(" AND ").append(column).append(" = ?");
          }
          parameters.add(value);
        });
    sql.append(" ORDER BY position DESC LIMIT ?");
    parameters.add(limit);
    return ReadModels.rows(connection, sql.toString(), row, parameters.toArray());
  }
}
