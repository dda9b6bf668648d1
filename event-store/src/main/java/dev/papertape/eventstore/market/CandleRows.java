package dev.papertape.eventstore.market;

import static dev.papertape.eventstore.market.CandleStatements.time;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads candles within the caller's transaction. Each call is one index scan of the partitions. */
public final class CandleRows {
  private static final int FETCH = 10_000;

  private static final String COLUMNS =
      "SELECT venue, symbol, open_time, open, high, low, close, volume, vwap, trades, source, state,"
          + " reasons, received_at, revision FROM ";

  private static final String RANGE =
      COLUMNS
          + "candle WHERE venue = ? AND symbol = ? AND open_time >= ? AND open_time < ?"
          + " ORDER BY open_time DESC LIMIT ?";

  private static final String BEFORE =
      COLUMNS
          + "candle WHERE venue = ? AND symbol = ? AND open_time < ?"
          + " ORDER BY open_time DESC LIMIT ?";

  private static final String SUPERSEDED =
      COLUMNS
          + "candle_superseded WHERE venue = ? AND symbol = ? AND open_time = ? ORDER BY revision";

  private static final String HISTORY =
      COLUMNS
          + "candle WHERE venue = ? AND symbol = ? AND open_time >= ? AND open_time < ? UNION ALL "
          + COLUMNS
          + "candle_superseded WHERE venue = ? AND symbol = ? AND open_time >= ? AND open_time < ?"
          + " ORDER BY open_time, revision";

  private static final String COVERAGE =
      "SELECT from_time, to_time FROM candle_coverage WHERE venue = ? AND symbol = ?"
          + " ORDER BY from_time";

  private static final String SYMBOLS =
      "SELECT DISTINCT symbol FROM candle_coverage WHERE venue = ? ORDER BY symbol";

  /** PostgreSQL's timestamps end before Java's. */
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  private static final Instant BEGINNING_OF_TIME = Instant.EPOCH;

  private CandleRows() {}

  /** Candles that open in {@code [from, to)}, newest first, at most {@code limit}. */
  public static List<StoredCandle> range(
      Connection connection, String venue, String symbol, Instant from, Instant to, int limit)
      throws SQLException {
    return rows(connection, RANGE, venue, symbol, time(bounded(from)), time(bounded(to)), limit);
  }

  /** Candles that open before {@code end}, newest first, at most {@code limit}. */
  public static List<StoredCandle> before(
      Connection connection, String venue, String symbol, Instant end, int limit)
      throws SQLException {
    return rows(connection, BEFORE, venue, symbol, time(bounded(end)), limit);
  }

  /** What the minute's candle was before it became what it is, oldest first. */
  public static List<StoredCandle> superseded(
      Connection connection, String venue, String symbol, Instant openTime) throws SQLException {
    return rows(connection, SUPERSEDED, venue, symbol, time(bounded(openTime)));
  }

  /** Every revision of the candles that open in {@code [from, to)}, oldest first. */
  public static List<StoredCandle> history(
      Connection connection, String venue, String symbol, Instant from, Instant to)
      throws SQLException {
    Object first = time(bounded(from));
    Object end = time(bounded(to));
    return rows(connection, HISTORY, venue, symbol, first, end, venue, symbol, first, end);
  }

  /** Minutes that the stream's history is complete for, in as few spans as possible, in order. */
  public static List<Span> coverage(Connection connection, String venue, String symbol)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COVERAGE)) {
      statement.setString(1, venue);
      statement.setString(2, symbol);
      try (ResultSet row = statement.executeQuery()) {
        List<Span> spans = new ArrayList<>();
        while (row.next()) {
          spans.add(new Span(instant(row, 1), instant(row, 2)));
        }
        return Span.union(spans);
      }
    }
  }

  static List<String> symbols(Connection connection, String venue) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SYMBOLS)) {
      statement.setString(1, venue);
      try (ResultSet row = statement.executeQuery()) {
        List<String> symbols = new ArrayList<>();
        while (row.next()) {
          symbols.add(row.getString(1));
        }
        return symbols;
      }
    }
  }

  private static List<StoredCandle> rows(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      for (int p = 0; p < parameters.length; p++) {
        statement.setObject(p + 1, parameters[p]);
      }
      try (ResultSet row = statement.executeQuery()) {
        List<StoredCandle> candles = new ArrayList<>();
        while (row.next()) {
          candles.add(candle(row));
        }
        return candles;
      }
    }
  }

  private static StoredCandle candle(ResultSet row) throws SQLException {
    long trades = row.getLong(10);
    Long knownTrades = row.wasNull() ? null : trades;
    return new StoredCandle(
        row.getString(1),
        row.getString(2),
        instant(row, 3),
        row.getBigDecimal(4),
        row.getBigDecimal(5),
        row.getBigDecimal(6),
        row.getBigDecimal(7),
        row.getBigDecimal(8),
        row.getBigDecimal(9),
        knownTrades,
        row.getString(11),
        row.getString(12),
        reasons(row.getArray(13)),
        instant(row, 14),
        row.getInt(15));
  }

  private static List<String> reasons(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Instant bounded(Instant time) {
    return time.isAfter(END_OF_TIME)
        ? END_OF_TIME
        : time.isBefore(BEGINNING_OF_TIME) ? BEGINNING_OF_TIME : time;
  }
}
