package dev.papertape.query.quality;

import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QuarantineStatus;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.contracts.quality.StreamState;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.quality.QualityStats.Quarantined;
import dev.papertape.query.quality.QualityStats.StreamView;
import dev.papertape.query.quality.QuarantineView.Decision;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The SQL over the quality projection's tables and the events that they point at. */
@Component
final class QualityQueries {
  private static final String STREAMS =
      """
      SELECT s.venue, s.symbol, s.channel, l.view, e.payload_type, e.payload,
        q.records, q.released, q.discarded
      FROM quality_stream s
      LEFT JOIN LATERAL (SELECT position, life FROM quality_observed
        WHERE venue = s.venue AND symbol = s.symbol AND channel = s.channel AND position <= ?
        ORDER BY position DESC LIMIT 1) o ON true
      LEFT JOIN quality_life l ON l.venue = s.venue AND l.symbol = s.symbol
        AND l.channel = s.channel AND l.life = o.life
      LEFT JOIN event_log e ON e.position = o.position
      LEFT JOIN LATERAL (SELECT records, released, discarded FROM quality_quarantined
        WHERE venue = s.venue AND symbol = s.symbol AND channel = s.channel AND position <= ?
        ORDER BY position DESC LIMIT 1) q ON true
      WHERE s.position <= ?
      ORDER BY s.venue, s.symbol, s.channel
      """;
  private static final String FEED_TIME =
      "SELECT feed_millis FROM quality_clock WHERE position <= ? ORDER BY position DESC LIMIT 1";
  private static final String QUARANTINE =
      """
      SELECT q.position, q.status, e.payload_type, e.payload,
        q.decided_position, d.payload_type, d.payload
      FROM quality_quarantine q
      JOIN event_log e ON e.position = q.position
      LEFT JOIN event_log d ON d.position = q.decided_position
      WHERE q.position < ?""";

  private final EventJson json;

  QualityQueries(EventJson json) {
    this.json = json;
  }

  /** As it stood right after the event at {@code position}. */
  QualityStats stats(Connection connection, long position) throws SQLException {
    List<Instant> clock =
        ReadModels.rows(
            connection, FEED_TIME, row -> Instant.ofEpochMilli(row.getLong(1)), position);
    Instant feedTime = clock.isEmpty() ? null : clock.getFirst();
    return QualityStats.of(
        ReadModels.rows(
            connection, STREAMS, row -> stream(row, feedTime), position, position, position));
  }

  private StreamView stream(ResultSet row, @Nullable Instant feedTime) throws SQLException {
    StreamKey key = StreamKey.of(row);
    StreamTotals totals = StreamTotals.NONE;
    StreamState state = StreamState.UNVERIFIABLE;
    String before = row.getString(4);
    if (before != null) {
      QualityEvent event = (QualityEvent) json.event(row.getString(5), row.getBytes(6));
      StreamCounts counts = QualityFold.counts(event, key);
      totals = json.view(before, StreamTotals.class).plus(counts);
      state = counts.state();
    }
    long released = row.getLong(8);
    long discarded = row.getLong(9);
    Instant lastAt = totals.lastAt();
    return new StreamView(
        new Venue(key.venue()),
        key.shownSymbol(),
        key.channel(),
        totals.received(),
        totals.accepted(),
        totals.flagged(),
        totals.rejected(),
        new Quarantined(
            totals.quarantined(), row.getLong(7) - released - discarded, released, discarded),
        totals.reasons(),
        totals.gaps(),
        totals.resyncs(),
        totals.verifiedPercent(),
        lastAt,
        lastAt == null || feedTime == null
            ? null
            : Math.max(0, Duration.between(lastAt, feedTime).toMillis()),
        state);
  }

  /**
   * Quarantined records, newest first.
   *
   * @param filters column to value; all must match
   */
  List<QuarantineView> quarantine(
      Connection connection, Map<String, String> filters, int limit, long before)
      throws SQLException {
    StringBuilder sql = new StringBuilder(QUARANTINE);
    List<Object> parameters = new ArrayList<>(List.of(before));
    filters.forEach(
        (column, value) -> {
          sql.append(" AND q.").append(column).append(" = ?");
          parameters.add(value);
        });
    sql.append(" ORDER BY q.position DESC LIMIT ?");
    parameters.add(limit);
    return ReadModels.rows(connection, sql.toString(), this::quarantined, parameters.toArray());
  }

  private QuarantineView quarantined(ResultSet row) throws SQLException {
    RecordQuarantined record = (RecordQuarantined) json.event(row.getString(3), row.getBytes(4));
    long decidedAt = row.getLong(5);
    Decision decision =
        row.wasNull()
            ? null
            : Decision.of(
                (QuarantineEvent) json.event(row.getString(6), row.getBytes(7)), decidedAt);
    return QuarantineView.of(
        record, row.getLong(1), QuarantineStatus.valueOf(row.getString(2)), decision);
  }
}
