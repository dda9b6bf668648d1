package dev.papertape.command.features.parity;

import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.market.CandleRows;
import dev.papertape.eventstore.market.StoredCandle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Bars of the candle store. */
public final class StoredBars implements BarHistory {
  private static final String STREAMS =
      "SELECT DISTINCT venue, symbol FROM candle_coverage ORDER BY venue, symbol";

  @Override
  public List<Stream> streams(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STREAMS);
        ResultSet row = statement.executeQuery()) {
      List<Stream> streams = new ArrayList<>();
      while (row.next()) {
        streams.add(new Stream(new Venue(row.getString(1)), new Symbol(row.getString(2))));
      }
      return streams;
    }
  }

  @Override
  public List<KnownBar> bars(Connection connection, Stream stream, Instant from, Instant to)
      throws SQLException {
    return CandleRows.history(connection, stream.venue().name(), stream.symbol().value(), from, to)
        .stream()
        .map(candle -> new KnownBar(bar(candle), candle.receivedAt(), isUsable(candle)))
        .toList();
  }

  /**
   * Tells the features of a new life what the lives before it used, as far as they look back.
   *
   * @throws IllegalStateException when the database does not answer
   */
  public void recall(DataSource dataSource, OnlineFeatures features) {
    try (Connection connection = dataSource.getConnection()) {
      for (Stream stream : streams(connection)) {
        List<StoredCandle> stored =
            CandleRows.before(
                    connection,
                    stream.venue().name(),
                    stream.symbol().value(),
                    Instant.MAX,
                    OnlineFeatures.BARS_KEPT)
                .reversed();
        List<Bar> newest =
            stored.stream().filter(StoredBars::isUsable).map(StoredBars::bar).toList();
        List<Instant> unused =
            stored.stream()
                .filter(candle -> !isUsable(candle))
                .map(StoredCandle::openTime)
                .toList();
        features.recall(stream.venue(), stream.symbol(), newest, unused);
      }
    } catch (SQLException unreadable) {
      throw new IllegalStateException(
          "candles for features cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static boolean isUsable(StoredCandle candle) {
    return !candle.state().equals(StoredCandle.QUARANTINED);
  }

  private static Bar bar(StoredCandle candle) {
    return new Bar(
        candle.openTime(),
        candle.open(),
        candle.high(),
        candle.low(),
        candle.close(),
        candle.volume(),
        candle.vwap(),
        candle.trades());
  }
}
