package dev.papertape.query.market;

import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The SQL over the candles' read model. */
@Component
public final class CandleQueries {
  /** One stream. */
  public record Stream(String venue, String symbol) {}

  private record Sync(Stream stream, @Nullable Long ms) {}

  CandleQueries() {}

  /**
   * When the candles of the stream that is behind all others were last complete: no other figure
   * says that all are. Feed time.
   *
   * @param streams to be looked at; all that were ever listed if empty
   * @return null while one of them has never been synced, or there are none
   */
  public @Nullable Instant lastSync(Connection connection, Collection<Stream> streams)
      throws SQLException {
    List<Sync> rows =
        ReadModels.rows(
            connection,
            "SELECT venue, symbol, synced_ms FROM market_candle_sync",
            row ->
                new Sync(
                    new Stream(row.getString(1), row.getString(2)), row.getObject(3, Long.class)));
    Map<Stream, @Nullable Long> syncs = new HashMap<>();
    rows.forEach(sync -> syncs.put(sync.stream(), sync.ms()));
    long oldest = Long.MAX_VALUE;
    for (Stream stream : streams.isEmpty() ? syncs.keySet() : streams) {
      Long ms = syncs.get(stream);
      if (ms == null) {
        return null;
      }
      oldest = Math.min(oldest, ms);
    }
    return oldest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldest);
  }
}
