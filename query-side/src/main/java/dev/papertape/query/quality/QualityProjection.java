package dev.papertape.query.quality;

import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.quality.QualityFold.Case;
import dev.papertape.query.quality.QualityFold.Closed;
import dev.papertape.query.quality.QualityFold.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** An index into the log: each stream's counts, each quarantined record and its decision. */
@Component
final class QualityProjection implements Projection {
  static final String NAME = "quality";

  private static final String NEWEST =
      """
      SELECT s.venue, s.symbol, s.channel, o.life, l.view, e.payload_type, e.payload
      FROM quality_stream s
      CROSS JOIN LATERAL (SELECT position, life FROM quality_observed
        WHERE venue = s.venue AND symbol = s.symbol AND channel = s.channel
        ORDER BY position DESC LIMIT 1) o
      JOIN quality_life l ON l.venue = s.venue AND l.symbol = s.symbol
        AND l.channel = s.channel AND l.life = o.life
      JOIN event_log e ON e.position = o.position
      """;
  private static final String CLOSED =
      """
      SELECT DISTINCT ON (venue, symbol, channel) venue, symbol, channel,
        records, released, discarded
      FROM quality_quarantined ORDER BY venue, symbol, channel, position DESC
      """;
  private static final String OPEN =
      """
      SELECT venue, symbol, channel, quarantine_id, position, reason, records
      FROM quality_quarantine WHERE status = 'OPEN'
      """;

  private final EventJson json;

  QualityProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(
        QualityTables.STREAM,
        QualityTables.OBSERVED,
        QualityTables.LIFE,
        QualityTables.QUARANTINED,
        QualityTables.QUARANTINE,
        QualityTables.CLOCK);
  }

  /** The venues' own events too: which streams there are, and that time goes on. */
  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(
        Set.of(
            QualityEvent.class, MarketEvent.VenueRegistered.class, MarketEvent.VenueScored.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    Set<StreamKey> streams =
        new HashSet<>(
            ReadModels.rows(
                connection, "SELECT venue, symbol, channel FROM quality_stream", StreamKey::of));
    Map<StreamKey, Standing> standings = new HashMap<>();
    ReadModels.rows(
        connection,
        NEWEST,
        row -> {
          StreamKey key = StreamKey.of(row);
          QualityEvent event = (QualityEvent) json.event(row.getString(6), row.getBytes(7));
          return standings.put(
              key,
              new Standing(
                  row.getLong(4),
                  json.view(row.getString(5), StreamTotals.class),
                  QualityFold.counts(event, key)));
        });
    Map<StreamKey, Closed> closed = new HashMap<>();
    ReadModels.rows(
        connection,
        CLOSED,
        row ->
            closed.put(
                StreamKey.of(row), new Closed(row.getLong(4), row.getLong(5), row.getLong(6))));
    Map<String, Case> open = new HashMap<>();
    ReadModels.rows(
        connection,
        OPEN,
        row ->
            open.put(
                row.getString(4),
                new Case(row.getLong(5), StreamKey.of(row), row.getString(6), row.getLong(7))));
    return new QualityFold(json, streams, standings, closed, open);
  }
}
