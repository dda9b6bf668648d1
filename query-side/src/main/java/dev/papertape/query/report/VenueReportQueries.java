package dev.papertape.query.report;

import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.report.ImplementationShortfall;
import dev.papertape.query.ReadModels;
import dev.papertape.query.report.RollupSpans.Span;
import dev.papertape.query.report.VenueReport.Down;
import dev.papertape.query.report.VenueReport.Line;
import dev.papertape.query.report.VenueReport.Method;
import dev.papertape.query.report.VenueReport.Total;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The SQL over the venue roll-ups. What it costs depends on the window's edges and the number of
 * venues, not on the log.
 */
@Component
final class VenueReportQueries implements CostReadings {
  private static final String CURRENCY = "USDT";

  private static final String CLOCK =
      """
      SELECT feed_ms FROM report_venue_clock
      WHERE first_position <= ? ORDER BY first_position DESC LIMIT 1
      """;
  private static final String IN_SPANS =
      """
      FROM unnest(?::text[], ?::bigint[], ?::bigint[]) AS span (resolution, start, stop)
      JOIN report_venue_rollup r ON r.resolution = span.resolution
        AND r.start >= span.start AND r.start < span.stop AND r.first_position <= ?
      """;
  private static final String SUMS =
      "SELECT r.venue, "
          + Arrays.stream(VenueMeasure.values())
              .map(measure -> "sum(r." + measure.column() + ")")
              .collect(Collectors.joining(", "))
          + "\n"
          + IN_SPANS
          + "GROUP BY r.venue";
  private static final String SAMPLES =
      "SELECT r.venue, r.slippage_samples, r.time_to_fill_samples\n"
          + IN_SPANS
          + "AND (r.slippage_samples IS NOT NULL OR r.time_to_fill_samples IS NOT NULL)";
  private static final String VENUES =
      """
      SELECT v.venue, v.since_ms,
        (SELECT s.score FROM report_venue_score s
         WHERE s.venue = v.venue AND s.position <= ? ORDER BY s.position DESC LIMIT 1)
      FROM report_venue v WHERE v.first_position <= ? ORDER BY v.venue
      """;
  private static final String DOWN =
      """
      SELECT from_ms, CASE WHEN closed_position <= ? THEN to_ms END, before_ms, episode
      FROM report_venue_down WHERE venue = ? AND from_ms < ? AND first_position <= ?
      ORDER BY from_ms DESC, first_position DESC LIMIT 1
      """;

  private final BegunBucket bucket;

  VenueReportQueries(BegunBucket bucket) {
    this.bucket = bucket;
  }

  private record Known(String venue, Instant since, @Nullable Double score) {}

  /** As it stood right after the event at {@code position}, which the projection has folded. */
  VenueReport report(Connection connection, long position, ReportWindow window)
      throws SQLException {
    Instant newest = clock(connection, position);
    ReportWindow.Span span = newest == null ? null : bounds(connection, window, newest);
    Map<String, VenueSums> sums = span == null ? Map.of() : sums(connection, position, span);
    List<Line> lines = new ArrayList<>();
    VenueSums total = VenueSums.NONE;
    for (Known venue : known(connection, position)) {
      VenueSums own = sums.getOrDefault(venue.venue, VenueSums.NONE);
      total = total.plus(own);
      lines.add(line(venue, own, down(connection, position, span, newest, venue)));
    }
    return new VenueReport(
        WindowView.of(window, span),
        CURRENCY,
        new Total(
            total.count(VenueMeasure.LEGS),
            total.count(VenueMeasure.FILLS),
            total.money(VenueMeasure.NOTIONAL),
            total.money(VenueMeasure.FEES),
            total.slippageView()),
        List.copyOf(lines),
        Method.STANDARD);
  }

  /**
   * Slippage of all venues' fills and the shortfall of all orders, as of a position; a projection
   * that has not got there yet gives what it has.
   */
  @Override
  public Costs over(Connection connection, ReportWindow window, Instant newest, long position)
      throws SQLException {
    VenueSums sums =
        sums(connection, position, bounds(connection, window, newest)).values().stream()
            .reduce(VenueSums.NONE, VenueSums::plus);
    VenueReport.Slippage slippage = sums.slippageView();
    return new Costs(
        slippage.meanBps(),
        slippage.p50Bps(),
        slippage.p95Bps(),
        slippage.samples(),
        new ImplementationShortfall(
            sums.money(VenueMeasure.DELAY),
            sums.money(VenueMeasure.TRADING),
            sums.money(VenueMeasure.OPPORTUNITY),
            sums.money(VenueMeasure.SHORTFALL_FEES)),
        sums.count(VenueMeasure.SHORTFALLS));
  }

  /** Cut to the minute also where the window's seconds are no longer kept. */
  private static ReportWindow.Span bounds(
      Connection connection, ReportWindow window, Instant newest) throws SQLException {
    Instant head = clock(connection, Long.MAX_VALUE);
    boolean isKept =
        head == null
            || !newest.minus(window.length()).isBefore(head.minusSeconds(VenueRows.SECONDS_KEPT));
    return isKept ? window.ending(newest) : window.endingCutToMinutes(newest);
  }

  private static @Nullable Instant clock(Connection connection, long position) throws SQLException {
    List<Instant> found =
        ReadModels.rows(connection, CLOCK, row -> Instant.ofEpochMilli(row.getLong(1)), position);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static List<Known> known(Connection connection, long position) throws SQLException {
    return ReadModels.rows(
        connection,
        VENUES,
        row ->
            new Known(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getObject(3, Double.class)),
        position,
        position);
  }

  /** Complete rows, and of the newest bucket what had happened by the position. */
  private Map<String, VenueSums> sums(
      Connection connection, long position, ReportWindow.Span window) throws SQLException {
    Resolution finest = window.resolutionSeconds() == 1 ? Resolution.SECOND : Resolution.MINUTE;
    Instant last = window.toTime();
    Map<String, VenueSums> begun = bucket.upTo(connection, position, finest, last);
    Instant end = begun == null ? window.end() : last;
    Map<String, VenueSums> sums =
        stored(
            connection,
            position,
            RollupSpans.cover(window.start().getEpochSecond(), end.getEpochSecond(), finest));
    if (begun != null) {
      begun.forEach((venue, part) -> sums.merge(venue, part, VenueSums::plus));
    }
    return sums;
  }

  private static Map<String, VenueSums> stored(
      Connection connection, long position, List<Span> spans) throws SQLException {
    Object[] parameters = {
      connection.createArrayOf(
          "text", spans.stream().map(span -> span.resolution().name()).toArray()),
      connection.createArrayOf("bigint", spans.stream().map(Span::from).toArray()),
      connection.createArrayOf("bigint", spans.stream().map(Span::to).toArray()),
      position
    };
    Map<String, VenueSums> sums = new TreeMap<>();
    ReadModels.rows(connection, SUMS, row -> sums.put(row.getString(1), sumsOf(row)), parameters);
    ReadModels.rows(
        connection,
        SAMPLES,
        row ->
            sums.merge(
                row.getString(1),
                new VenueSums(
                    Map.of(),
                    Percentiles.parse(row.getString(2)),
                    Percentiles.parse(row.getString(3))),
                VenueSums::plus),
        parameters);
    return sums;
  }

  private static VenueSums sumsOf(ResultSet row) throws SQLException {
    Map<VenueMeasure, BigDecimal> sums = new EnumMap<>(VenueMeasure.class);
    for (VenueMeasure measure : VenueMeasure.values()) {
      sums.put(measure, row.getBigDecimal(measure.ordinal() + 2));
    }
    return new VenueSums(sums, Percentiles.NONE, Percentiles.NONE);
  }

  private static Down down(
      Connection connection,
      long position,
      ReportWindow.@Nullable Span window,
      @Nullable Instant newest,
      Known venue)
      throws SQLException {
    if (window == null || newest == null) {
      return Down.NONE;
    }
    // The newest bucket has come to the newest event only.
    Instant to = newest.isBefore(window.end()) ? newest : window.end();
    Instant from = venue.since.isAfter(window.start()) ? venue.since : window.start();
    if (!from.isBefore(to)) {
      return Down.NONE;
    }
    Downtime.Span down = span(connection, venue.venue, position, from, to);
    Downtime.Span unseen = span(connection, Downtime.UNOBSERVED, position, from, to);
    long observed = Duration.between(from, to).toMillis() - unseen.ms();
    Double ratio = observed <= 0 ? null : (Double) ((double) down.ms() / observed);
    return new Down(down.ms(), ratio, down.episodes(), observed);
  }

  private static Downtime.Span span(
      Connection connection, String venue, long position, Instant from, Instant to)
      throws SQLException {
    return reading(connection, venue, position, to)
        .since(reading(connection, venue, position, from));
  }

  private static Downtime.Reading reading(
      Connection connection, String venue, long position, Instant at) throws SQLException {
    long moment = at.toEpochMilli();
    List<Downtime.Reading> found =
        ReadModels.rows(
            connection,
            DOWN,
            row ->
                Downtime.Reading.at(
                    moment,
                    row.getLong(1),
                    row.getObject(2, Long.class),
                    row.getLong(3),
                    row.getLong(4)),
            position,
            venue,
            moment,
            position);
    return found.isEmpty() ? Downtime.Reading.NONE : found.getFirst();
  }

  private static Line line(Known venue, VenueSums sums, Down down) {
    return new Line(
        new Venue(venue.venue),
        sums.count(VenueMeasure.ORDERS),
        sums.count(VenueMeasure.LEGS),
        sums.count(VenueMeasure.FILLS),
        sums.money(VenueMeasure.NOTIONAL),
        sums.money(VenueMeasure.FEES),
        sums.ratio(VenueMeasure.FILLED_VALUE, VenueMeasure.SENT_VALUE),
        sums.count(VenueMeasure.LEGS_ENDED),
        sums.ratio(VenueMeasure.WON, VenueMeasure.COMPARED),
        sums.count(VenueMeasure.COMPARED),
        sums.slippageView(),
        sums.effectiveSpreadBps(),
        sums.realizedSpread(),
        sums.ratio(VenueMeasure.IMPROVEMENT, VenueMeasure.QUOTED_NOTIONAL),
        sums.count(VenueMeasure.QUOTED_FILLS),
        sums.timeToFillView(),
        down,
        sums.count(VenueMeasure.RESYNCS),
        sums.count(VenueMeasure.REJECTS),
        sums.feesBps(),
        venue.score);
  }
}
