package dev.papertape.query.report;

import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.report.VenueFills.Unmarked;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Roll-ups of what venues did: {@link VenueMeasure}, downtime, scores. */
@Component
final class VenueReportProjection implements Projection {
  static final String NAME = "report-venue";

  private static final String CURRENT =
      "SELECT DISTINCT ON (resolution, venue) "
          + Stream.concat(VenueTables.ROLLUP.keys().stream(), VenueTables.ROLLUP.columns().stream())
              .map(Column::name)
              .collect(Collectors.joining(", "))
          + " FROM report_venue_rollup ORDER BY resolution, venue, first_position DESC";
  private static final String SECONDS =
      """
      SELECT venue, start, first_position FROM report_venue_rollup
      WHERE resolution = 'SECOND' ORDER BY first_position
      """;
  private static final String DOWN =
      """
      SELECT DISTINCT ON (venue)
        venue, first_position, from_ms, to_ms, closed_position, before_ms, episode
      FROM report_venue_down ORDER BY venue, first_position DESC
      """;

  private final EventJson json;

  VenueReportProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return VenueTables.all();
  }

  /** Everything with a feed time, since a window ends at the newest. */
  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(MarketEvent.class, RouterEvent.class, ExecutionEvent.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    VenueFold fold = new VenueFold(json);
    ReadModels.rows(connection, CURRENT, VenueRow::stored).forEach(fold.rows::recall);
    ReadModels.rows(
            connection,
            SECONDS,
            row ->
                List.<Object>of(
                    Resolution.SECOND.name(), row.getString(1), row.getLong(2), row.getLong(3)))
        .forEach(fold.rows::recallSecond);
    ReadModels.rows(connection, "SELECT venue FROM report_venue", row -> row.getString(1))
        .forEach(fold::recallVenue);
    ReadModels.rows(
            connection,
            DOWN,
            row ->
                new Downtime.Interval(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getObject(4, Long.class),
                    row.getObject(5, Long.class),
                    row.getLong(6),
                    row.getLong(7)))
        .forEach(fold.downtime::recall);
    ReadModels.rows(
            connection,
            "SELECT feed_ms FROM report_venue_clock ORDER BY first_position DESC LIMIT 1",
            row -> row.getLong(1))
        .forEach(fold::recallClock);
    recallOpen(connection, fold);
    return fold;
  }

  private void recallOpen(Connection connection, VenueFold fold) throws SQLException {
    ReadModels.rows(
        connection,
        "SELECT order_id, view FROM report_venue_order",
        row -> {
          fold.recallOrder(row.getString(1), json.view(row.getString(2), RoutedOrder.class));
          return true;
        });
    ReadModels.rows(
        connection,
        "SELECT fill_id, feed_ms, view FROM report_venue_fill ORDER BY feed_ms",
        row -> {
          fold.recallFill(
              row.getString(1), row.getLong(2), json.view(row.getString(3), Unmarked.class));
          return true;
        });
  }
}
