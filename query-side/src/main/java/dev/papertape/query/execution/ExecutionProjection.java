package dev.papertape.query.execution;

import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Orders, fills, the paper account, and how many orders the guards blocked. */
@Component
final class ExecutionProjection implements Projection {
  static final String NAME = "execution";

  /** The one account there is. */
  static final String PAPER = "paper";

  private static final String OPEN_ORDERS =
      """
      SELECT order_id, position, view FROM execution_order
      WHERE status IN ('ACCEPTED', 'WORKING', 'PARTIALLY_FILLED')
      """;

  private final EventJson json;

  ExecutionProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(
        ExecutionTables.ORDER,
        ExecutionTables.ORDER_OWNER,
        ExecutionTables.FILL,
        ExecutionTables.FILL_OWNER,
        ExecutionTables.PORTFOLIO,
        FeedMinute.table(NAME));
  }

  /** The market's events too, since the last minute ends at the newest feed time. */
  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(ExecutionEvent.class, RouterEvent.class, MarketEvent.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    Map<String, OrderRow> open = new HashMap<>();
    ReadModels.rows(
        connection,
        OPEN_ORDERS,
        row -> open.put(row.getString(1), OrderQueries.order(json, row, 2, 3)));
    List<PortfolioView> portfolio =
        ReadModels.rows(
            connection,
            "SELECT view FROM execution_portfolio",
            row -> json.view(row.getString(1), PortfolioView.class));
    return new ExecutionFold(
        json,
        FeedMinute.load(connection, NAME),
        open,
        portfolio.isEmpty() ? null : portfolio.getFirst());
  }
}
