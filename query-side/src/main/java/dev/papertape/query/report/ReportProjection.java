package dev.papertape.query.report;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Alpha P&amp;L, attribution and equity, rolled up by feed time. */
@Component
public final class ReportProjection implements Projection {
  public static final String NAME = "report";

  static final Set<Class<? extends DomainEvent>> EVENTS =
      Set.of(
          AlphaRegistered.class,
          SignalsCombined.class,
          OrderFilled.class,
          AlphasCrossed.class,
          PortfolioMarked.class,
          PortfolioReset.class,
          VenueRegistered.class);

  private static final String ERA =
      """
      SELECT era, first_position, first_second, newest_second FROM report_era
      ORDER BY era DESC LIMIT 1
      """;
  private static final String NEWEST =
      "SELECT position, view FROM report_ledger ORDER BY position DESC LIMIT 1";
  private static final String BEGAN =
      "SELECT first_position FROM report_clock ORDER BY first_position DESC LIMIT 1";
  private static final String SECONDS =
      "SELECT bucket FROM %s WHERE era = ? AND resolution = 1 ORDER BY bucket";

  private final EventJson json;

  ReportProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(ReportTables.ERAS, ReportTables.CLOCK, ReportTables.LEDGER, ReportTables.EQUITY);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(EVENTS);
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    List<Era> eras = ReadModels.rows(connection, ERA, ReportQueries::era);
    List<Row> rows =
        ReadModels.rows(
            connection,
            NEWEST,
            row -> new Row(row.getLong(1), json.view(row.getString(2), LedgerView.class)));
    List<Long> began = ReadModels.rows(connection, BEGAN, row -> row.getLong(1));
    Era era = eras.isEmpty() ? Era.BEFORE_ALL : eras.getFirst();
    Row newest = rows.isEmpty() ? new Row(0, LedgerView.NONE) : rows.getFirst();
    return new ReportFold(
        json,
        era,
        began.isEmpty() ? 0 : began.getFirst(),
        newest.position,
        newest.view,
        seconds(connection, ReportTables.LEDGER, era),
        seconds(connection, ReportTables.EQUITY, era));
  }

  private record Row(long position, LedgerView view) {}

  private static Deque<Long> seconds(Connection connection, Table table, Era era)
      throws SQLException {
    return new ArrayDeque<>(
        ReadModels.rows(
            connection, SECONDS.formatted(table.name()), row -> row.getLong(1), era.number()));
  }
}
