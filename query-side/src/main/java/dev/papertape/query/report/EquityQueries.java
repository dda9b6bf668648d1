package dev.papertape.query.report;

import dev.papertape.query.ReadModels;
import dev.papertape.query.report.EquitySamples.Sample;
import dev.papertape.query.report.ReportWindow.Span;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The SQL over the equity roll-ups: reads the samples of one resolution, no more. */
@Component
final class EquityQueries {
  private static final String FIRST =
      """
      SELECT bucket FROM report_equity WHERE era = ? AND resolution = 60 AND bucket > ?
      ORDER BY bucket LIMIT 1
      """;
  private static final String BEFORE =
      """
      SELECT bucket, account, equity FROM report_equity
      WHERE era = ? AND resolution = ? AND bucket <= ? ORDER BY bucket DESC LIMIT 1
      """;
  private static final String WITHIN =
      """
      SELECT bucket, account, equity FROM report_equity
      WHERE era = ? AND resolution = ? AND bucket > ? AND bucket < ? ORDER BY bucket
      """;

  /** Of the era that the window ends in. */
  EquitySamples samples(Connection connection, ReportReading reading) throws SQLException {
    Span span = reading.span();
    Instant newest = reading.newest();
    BigDecimal equity = reading.end().equity();
    if (span == null || newest == null || equity == null) {
      return new EquitySamples(1, List.of());
    }
    long era = reading.era().number();
    long last = newest.getEpochSecond();
    long first = first(connection, era, span);
    int step = EquitySamples.step(last - first);
    if (step == 1 && first < reading.era().newestSecond() - ReportFold.SECONDS_KEPT) {
      step = 60;
    }
    long newestBucket = ReportFold.bucket(last, step);
    long firstBucket = ReportFold.bucket(first, step);
    List<Sample> known =
        new ArrayList<>(
            ReadModels.rows(
                connection, BEFORE, EquityQueries::sample, era, (long) step, firstBucket));
    known.addAll(
        ReadModels.rows(
            connection,
            WITHIN,
            EquityQueries::sample,
            era,
            (long) step,
            firstBucket,
            newestBucket));
    known.add(new Sample(newestBucket, reading.end().account(), equity));
    return EquitySamples.of(known, step, firstBucket, newestBucket);
  }

  /** Second at which the window's part with an account begins. */
  private static long first(Connection connection, long era, Span span) throws SQLException {
    boolean isOlder =
        !ReadModels.rows(connection, BEFORE, EquityQueries::sample, era, 60L, span.from())
            .isEmpty();
    if (isOlder) {
      return span.from();
    }
    return ReadModels.rows(connection, FIRST, row -> row.getLong(1), era, span.from()).stream()
        .findFirst()
        .orElse(span.to());
  }

  private static Sample sample(ResultSet row) throws SQLException {
    return new Sample(row.getLong(1), row.getLong(2), row.getBigDecimal(3));
  }
}
