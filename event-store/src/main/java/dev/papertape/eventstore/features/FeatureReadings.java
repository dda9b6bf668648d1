package dev.papertape.eventstore.features;

import dev.papertape.eventstore.features.BookSample.Level;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads feature values as they were known at a moment. */
public final class FeatureReadings {
  /** The series that a book's samples stand under. */
  private static final String SAMPLES = "samples";

  /** Each series is read backwards along its key, no further than the limit. */
  private static final String WINDOW =
      """
      SELECT series.venue, value.event_time, value.available_at, value.epoch, value.frame,
             value.value
      FROM feature_series AS series
      CROSS JOIN LATERAL (
        SELECT known.*
        FROM (
          SELECT DISTINCT ON (each.event_time) each.*
          FROM %s AS each
          WHERE each.series = series.series
            AND each.event_time BETWEEN ? AND ? AND each.available_at <= ?
          ORDER BY each.event_time DESC, each.available_at DESC) AS known
        WHERE known.value IS NOT NULL
        ORDER BY known.event_time DESC
        LIMIT ?) AS value
      WHERE series.symbol = ? AND series.name = ? AND series.version = ?
      ORDER BY value.event_time DESC, series.venue
      LIMIT ?
      """;

  private static final String KNOWN = "SELECT EXISTS (SELECT FROM feature_series WHERE symbol = ?)";

  private static final String REVISIONS =
      """
      SELECT series.venue, value.event_time, value.available_at, value.epoch, value.frame,
             value.value
      FROM feature_series AS series
      JOIN %s AS value ON value.series = series.series
      WHERE series.symbol = ? AND series.name = ? AND series.version = ?
        AND value.event_time > ? AND value.event_time <= ? AND value.available_at <= ?
      ORDER BY value.event_time, series.venue, value.available_at
      """;

  private static final String SAMPLE_RANGE =
      """
      SELECT series.venue, sample.event_time, sample.epoch, sample.frame, sample.bids, sample.asks,
             sample.bought, sample.sold
      FROM feature_series AS series
      JOIN feature_sample AS sample ON sample.series = series.series
      WHERE series.symbol = ? AND series.name = ? AND series.version = 1
        AND sample.event_time > ? AND sample.event_time <= ?
      ORDER BY sample.event_time, series.venue
      """;

  private FeatureReadings() {}

  /**
   * What was known at {@code knownAt} of the event times from {@code from} to {@code to}, both
   * included: one value for each event time and venue, the newest revision by then; none where it
   * was taken back by then.
   *
   * @param series its venue is not looked at: values of all venues come
   * @param limit the newest so many
   * @return newest event time first, then by venue
   */
  public static List<FeatureValue> window(
      Connection connection,
      FeatureSeries series,
      Instant from,
      Instant to,
      Instant knownAt,
      int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(WINDOW.formatted(table(series)))) {
      int next = times(statement, 1, from, to, knownAt);
      statement.setInt(next++, limit);
      next = named(statement, next, series);
      statement.setInt(next, limit);
      return values(statement, series);
    }
  }

  /**
   * Every revision known until {@code knownUntil} of the event times after {@code after} up to
   * {@code to}, of all venues, in order of event time, venue and availability; those that take a
   * value back among them.
   */
  public static List<FeatureValue> revisions(
      Connection connection, FeatureSeries series, Instant after, Instant to, Instant knownUntil)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(REVISIONS.formatted(table(series)))) {
      times(statement, named(statement, 1, series), after, to, knownUntil);
      return values(statement, series);
    }
  }

  /** Samples of the symbol's books after {@code after} up to {@code to}, in order of time. */
  public static List<BookSample> samples(
      Connection connection, String symbol, Instant after, Instant to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAMPLE_RANGE)) {
      statement.setString(1, symbol);
      statement.setString(2, SAMPLES);
      times(statement, 3, after, to);
      List<BookSample> samples = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          samples.add(
              new BookSample(
                  row.getString(1),
                  symbol,
                  instant(row, 2),
                  row.getLong(3),
                  row.getLong(4),
                  levels(row, 5),
                  levels(row, 6),
                  row.getBigDecimal(7),
                  row.getBigDecimal(8)));
        }
      }
      return samples;
    }
  }

  /** Whether the symbol has a value or a sample. */
  public static boolean isKnown(Connection connection, String symbol) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      statement.setString(1, symbol);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Symbols that have a value or a sample. */
  public static TreeSet<String> symbols(Connection connection) throws SQLException {
    TreeSet<String> symbols = new TreeSet<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT DISTINCT symbol FROM feature_series");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        symbols.add(row.getString(1));
      }
    }
    return symbols;
  }

  static FeatureSeries samplesOf(String venue, String symbol) {
    return new FeatureSeries(venue, symbol, SAMPLES, 1, true);
  }

  private static String table(FeatureSeries series) {
    return series.isSampled() ? "feature_sampled_value" : "feature_value";
  }

  private static int named(PreparedStatement statement, int first, FeatureSeries series)
      throws SQLException {
    statement.setString(first, series.symbol());
    statement.setString(first + 1, series.name());
    statement.setInt(first + 2, series.version());
    return first + 3;
  }

  private static int times(PreparedStatement statement, int first, Instant... times)
      throws SQLException {
    int next = first;
    for (Instant time : times) {
      statement.setObject(next++, time.atOffset(ZoneOffset.UTC));
    }
    return next;
  }

  private static List<FeatureValue> values(PreparedStatement statement, FeatureSeries series)
      throws SQLException {
    List<FeatureValue> values = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        values.add(
            new FeatureValue(
                new FeatureSeries(
                    row.getString(1),
                    series.symbol(),
                    series.name(),
                    series.version(),
                    series.isSampled()),
                instant(row, 2),
                instant(row, 3),
                row.getLong(4),
                row.getLong(5),
                row.getObject(6, Double.class)));
      }
    }
    return values;
  }

  private static List<Level> levels(ResultSet row, int column) throws SQLException {
    BigDecimal[] flat = (BigDecimal[]) row.getArray(column).getArray();
    List<Level> levels = new ArrayList<>(flat.length / 2);
    for (int i = 0; i < flat.length; i += 2) {
      levels.add(new Level(flat[i], flat[i + 1]));
    }
    return levels;
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
