package dev.papertape.eventstore.market;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** The SQL that changes candles. */
final class CandleStatements {
  private static final String REASONS_SEPARATOR = ",";

  /**
   * What one source does not tell (trades, vwap) is no difference; that a bar put aside by an
   * earlier life is good in a later one's eyes is. Returns revision 0 for what is new.
   */
  private static final String OBSERVE =
      """
      INSERT INTO candle AS had (venue, symbol, open_time, open, high, low, close, volume, vwap,
                                 trades, source, state, reasons, received_at)
      SELECT venue, symbol, open_time, open, high, low, close, volume, vwap, trades, source, state,
             string_to_array(reasons, ','), received_at
      FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::numeric[], ?::numeric[], ?::numeric[],
                  ?::numeric[], ?::numeric[], ?::numeric[], ?::bigint[], ?::text[], ?::text[],
                  ?::text[], ?::timestamptz[])
        AS got (venue, symbol, open_time, open, high, low, close, volume, vwap, trades, source,
                state, reasons, received_at)
      ON CONFLICT (venue, symbol, open_time) DO UPDATE
      SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
          volume = excluded.volume, vwap = excluded.vwap, trades = excluded.trades,
          source = excluded.source, state = excluded.state, reasons = excluded.reasons,
          received_at = excluded.received_at, revision = had.revision + 1
      WHERE (had.open, had.high, had.low, had.close, had.volume)
            <> (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
         OR had.trades <> excluded.trades
         OR (had.state = 'QUARANTINED' AND excluded.state <> 'QUARANTINED')
      RETURNING revision
      """;

  private static final String RULE =
      """
      UPDATE candle
      SET state = ?, reasons = string_to_array(?, ','), received_at = ?, revision = revision + 1
      WHERE venue = ? AND symbol = ? AND open_time = ?
        AND (open, high, low, close, volume) = (?, ?, ?, ?, ?)
        AND (state, reasons) <> (?, string_to_array(?, ','))
      """;

  private static final String EXTEND =
      """
      UPDATE candle_coverage SET to_time = greatest(to_time, ?)
      WHERE venue = ? AND symbol = ? AND from_time <= ? AND to_time >= ?
      """;

  private static final String COVER =
      """
      INSERT INTO candle_coverage AS had VALUES (?, ?, ?, ?)
      ON CONFLICT (venue, symbol, from_time)
      DO UPDATE SET to_time = greatest(had.to_time, excluded.to_time)
      """;

  private CandleStatements() {}

  static CandleStore.Written observe(Connection connection, List<StoredCandle> candles)
      throws SQLException {
    if (candles.isEmpty()) {
      return new CandleStore.Written(0, 0);
    }
    int added = 0;
    int revised = 0;
    try (PreparedStatement statement = connection.prepareStatement(OBSERVE)) {
      Columns columns = new Columns(connection, statement, candles);
      columns.add("text", StoredCandle::venue);
      columns.add("text", StoredCandle::symbol);
      columns.add("timestamptz", candle -> time(candle.openTime()));
      columns.add("numeric", StoredCandle::open);
      columns.add("numeric", StoredCandle::high);
      columns.add("numeric", StoredCandle::low);
      columns.add("numeric", StoredCandle::close);
      columns.add("numeric", StoredCandle::volume);
      columns.add("numeric", StoredCandle::vwap);
      columns.add("bigint", StoredCandle::trades);
      columns.add("text", StoredCandle::source);
      columns.add("text", StoredCandle::state);
      columns.add("text", CandleStatements::reasons);
      columns.add("timestamptz", candle -> time(candle.receivedAt()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getInt(1) == 0) {
            added++;
          } else {
            revised++;
          }
        }
      }
    }
    return new CandleStore.Written(added, revised);
  }

  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<StoredCandle> candles;
    private int column;

    private Columns(
        Connection connection, PreparedStatement statement, List<StoredCandle> candles) {
      this.connection = connection;
      this.statement = statement;
      this.candles = candles;
    }

    private void add(
        String type,
        Function<StoredCandle, ? extends @org.jspecify.annotations.Nullable Object> value)
        throws SQLException {
      column++;
      statement.setArray(
          column, connection.createArrayOf(type, candles.stream().map(value).toArray()));
    }
  }

  /** Rows changed. */
  static int rule(Connection connection, StoredCandle candle) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RULE)) {
      statement.setString(1, candle.state());
      statement.setString(2, reasons(candle));
      statement.setObject(3, time(candle.receivedAt()));
      statement.setString(4, candle.venue());
      statement.setString(5, candle.symbol());
      statement.setObject(6, time(candle.openTime()));
      statement.setBigDecimal(7, candle.open());
      statement.setBigDecimal(8, candle.high());
      statement.setBigDecimal(9, candle.low());
      statement.setBigDecimal(10, candle.close());
      statement.setBigDecimal(11, candle.volume());
      statement.setString(12, candle.state());
      statement.setString(13, reasons(candle));
      return statement.executeUpdate();
    }
  }

  /** Extends what is covered already; else begins anew. */
  static void cover(Connection connection, CandleWrite.Covered covered) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXTEND)) {
      statement.setObject(1, time(covered.to()), Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setString(2, covered.venue());
      statement.setString(3, covered.symbol());
      statement.setObject(4, time(covered.from()), Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setObject(5, time(covered.from()), Types.TIMESTAMP_WITH_TIMEZONE);
      if (statement.executeUpdate() > 0) {
        return;
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(COVER)) {
      statement.setString(1, covered.venue());
      statement.setString(2, covered.symbol());
      statement.setObject(3, time(covered.from()), Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setObject(4, time(covered.to()), Types.TIMESTAMP_WITH_TIMEZONE);
      statement.executeUpdate();
    }
  }

  private static String reasons(StoredCandle candle) {
    return String.join(REASONS_SEPARATOR, candle.reasons());
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
