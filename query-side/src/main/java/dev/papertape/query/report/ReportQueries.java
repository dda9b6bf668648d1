package dev.papertape.query.report;

import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.report.ReportWindow.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The SQL over the roll-ups. Each query finds single rows by an index, whatever the window and the
 * log. Only an answer as of an earlier position reads events: those between a row and the position,
 * of one second at most while rows by the second are kept, else of one minute.
 */
@Component
public final class ReportQueries {
  private static final String CLOCK =
      """
      SELECT c.second, e.era, e.first_position, e.first_second, e.newest_second
      FROM (SELECT era, second FROM report_clock WHERE first_position <= ?
        ORDER BY first_position DESC LIMIT 1) c JOIN report_era e ON e.era = c.era
      """;
  private static final String OVERLAPPING =
      """
      SELECT era, first_position, first_second, newest_second FROM report_era
      WHERE era < ? AND newest_second > ? ORDER BY era
      """;
  private static final String IS_NEWEST = "SELECT count(*) FROM report_era WHERE era > ?";
  private static final String AT_POSITION =
      "SELECT position, view FROM report_ledger WHERE position <= ? ORDER BY position DESC LIMIT 1";
  private static final String AT_BUCKET =
      """
      SELECT view FROM report_ledger WHERE era = ? AND resolution = ? AND bucket <= ?
      ORDER BY bucket DESC LIMIT 1
      """;
  private static final String LAST =
      """
      SELECT last_position FROM report_clock WHERE first_position <= ?
      ORDER BY first_position DESC LIMIT 1
      """;

  /** From where a feed second begins that the row does not have, so that a pause is not read. */
  private static final String EVENTS =
      """
      SELECT payload_type, payload FROM event_log
      WHERE position >= (SELECT min(first_position) FROM report_clock WHERE first_position > ?)
        AND position <= ? AND payload_type = ANY (?) ORDER BY position
      """;

  private static final String SERIES =
      """
      SELECT g.t, l.pnl FROM generate_series(?::bigint, ?::bigint, ?::bigint) g (t)
      CROSS JOIN LATERAL (SELECT pnl FROM report_ledger
        WHERE era = ? AND resolution = ? AND bucket <= g.t ORDER BY bucket DESC LIMIT 1) l
      ORDER BY g.t
      """;

  private final EventJson json;

  ReportQueries(EventJson json) {
    this.json = json;
  }

  /** From columns 1 to 4. */
  static Era era(ResultSet row) throws SQLException {
    return new Era(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
  }

  private record Clock(long second, Era era) {}

  /**
   * @param position only what was known right after it
   */
  public ReportReading read(Connection connection, ReportWindow window, long position)
      throws SQLException {
    List<Clock> clocks =
        ReadModels.rows(
            connection,
            CLOCK,
            row ->
                new Clock(
                    row.getLong(1),
                    new Era(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))),
            position);
    if (clocks.isEmpty()) {
      return ReportReading.NOTHING;
    }
    Era era = clocks.getFirst().era;
    Instant newest = Instant.ofEpochSecond(clocks.getFirst().second);
    Span span = span(connection, window, newest, era);
    List<Era> earlier =
        ReadModels.rows(connection, OVERLAPPING, ReportQueries::era, era.number(), span.from());
    LedgerView end = at(connection, position);
    LedgerView start = start(connection, era, span);
    Figures figures = Figures.of(end).minus(Figures.of(start));
    for (Era overlapping : earlier) {
      figures =
          figures.plus(
              Figures.of(until(connection, overlapping, span.to(), span.resolutionSeconds()))
                  .minus(Figures.of(start(connection, overlapping, span))));
    }
    return new ReportReading(span, newest, era, start, end, figures);
  }

  /** By the second where its rows are still kept. */
  private static Span span(Connection connection, ReportWindow window, Instant newest, Era era)
      throws SQLException {
    Span span = window.ending(newest);
    if (span.resolutionSeconds() == 1) {
      boolean isNewest =
          ReadModels.rows(connection, IS_NEWEST, row -> row.getLong(1), era.number()).getFirst()
              == 0;
      boolean isAlone =
          ReadModels.rows(connection, OVERLAPPING, ReportQueries::era, era.number(), span.from())
              .isEmpty();
      boolean isKept = span.from() >= era.newestSecond() - ReportFold.SECONDS_KEPT;
      return isNewest && isAlone && isKept ? span : window.endingCutToMinutes(newest);
    }
    return span;
  }

  private LedgerView start(Connection connection, Era era, Span span) throws SQLException {
    return until(connection, era, span.from(), span.resolutionSeconds());
  }

  /** How things stood at the end of a bucket of an era, or when the era began. */
  private LedgerView until(Connection connection, Era era, long bucket, int resolution)
      throws SQLException {
    List<LedgerView> found =
        ReadModels.rows(
            connection,
            AT_BUCKET,
            row -> json.view(row.getString(1), LedgerView.class),
            era.number(),
            (long) resolution,
            bucket);
    return found.isEmpty() ? at(connection, era.firstPosition() - 1) : found.getFirst();
  }

  /** How things stood right after the event at {@code position}. */
  private LedgerView at(Connection connection, long position) throws SQLException {
    Map.Entry<Long, LedgerView> row =
        ReadModels.rows(
                connection,
                AT_POSITION,
                found ->
                    Map.entry(found.getLong(1), json.view(found.getString(2), LedgerView.class)),
                position)
            .stream()
            .findFirst()
            .orElse(Map.entry(0L, LedgerView.NONE));
    long last =
        ReadModels.rows(connection, LAST, found -> found.getLong(1), position).stream()
            .findFirst()
            .orElse(0L);
    long until = Math.min(position, last);
    if (until <= row.getKey()) {
      return row.getValue();
    }
    Ledger ledger = new Ledger(row.getValue());
    ReadModels.rows(
            connection,
            EVENTS,
            event -> json.event(event.getString(1), event.getBytes(2)),
            row.getKey(),
            until,
            connection.createArrayOf("text", EventJson.names(ReportProjection.EVENTS).toArray()))
        .forEach(ledger::apply);
    return ledger.view();
  }

  /**
   * Each alpha's P&amp;L since the window began, at steps through it; the newest is how it stands.
   *
   * @param points at most, &ge; 2
   */
  List<PnlPoint> series(Connection connection, ReportReading reading, int points)
      throws SQLException {
    Span span = reading.span();
    if (span == null) {
      return List.of();
    }
    int resolution = span.resolutionSeconds();
    long first =
        Math.max(
            span.from(), ReportFold.bucket(reading.era().firstSecond(), resolution) - resolution);
    long steps = Math.max(1, Math.ceilDiv(span.to() - first, (long) resolution * (points - 1)));
    long step = steps * resolution;
    PnlColumn base = reading.start().pnl();
    List<PnlPoint> series =
        new ArrayList<>(
            ReadModels.rows(
                connection,
                SERIES,
                row -> json.view(row.getString(2), PnlColumn.class).minus(base).at(row.getLong(1)),
                first,
                span.to() - 1,
                step,
                reading.era().number(),
                (long) resolution));
    series.add(reading.end().pnl().minus(base).at(span.to()));
    return List.copyOf(series);
  }
}
