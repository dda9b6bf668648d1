package dev.papertape.query.report;

import dev.papertape.contracts.execution.ExecutionEvent.FillMarkedOut;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderReviewed;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The second or minute in which a position of the past lies, as far as it had come by then. Its row
 * holds what came later too, so the events of that one bucket are folded again, with those before
 * it of the orders that they are about; nothing else of the log is read.
 */
@Component
final class BegunBucket {
  private static final Set<String> COUNTED =
      EventJson.names(
          Set.of(
              OrderRouted.class,
              OrderFilled.class,
              OrderExpired.class,
              OrderCancelled.class,
              FillMarkedOut.class,
              OrderReviewed.class,
              BookResynced.class));
  private static final Set<String> BEFORE =
      EventJson.names(Set.of(OrderRouted.class, OrderFilled.class, OrderExpired.class));

  private static final String AFTER =
      """
      SELECT EXISTS (SELECT 1 FROM event_log WHERE position > ? AND position < least(?,
          coalesce((SELECT first_position FROM report_venue_clock
            WHERE first_position > ? AND feed_ms NOT BETWEEN ? AND ?
            ORDER BY first_position LIMIT 1), ?)) AND payload_type = ANY (?))
      """;
  private static final String FIRST =
      """
      SELECT coalesce(max(first_position), 0) FROM report_venue_clock
      WHERE first_position <= ? AND feed_ms NOT BETWEEN ? AND ?
      """;
  private static final String EVENTS =
      """
      SELECT position, aggregate_id, sequence, aggregate_type, event_id, recorded_at, payload_type,
        payload_revision, payload, metadata, leaf_hash FROM event_log
      """;
  private static final String WITHIN =
      EVENTS + "WHERE position > ? AND position <= ? AND payload_type = ANY (?) ORDER BY position";
  private static final String OF_ORDERS =
      EVENTS
          + "WHERE aggregate_id = ANY (?) AND position <= ? AND payload_type = ANY (?)"
          + " ORDER BY position";

  private final EventJson json;

  BegunBucket(EventJson json) {
    this.json = json;
  }

  /**
   * What each venue had added by the event at {@code position}; null when nothing came after it in
   * its bucket, so that the stored row says the same.
   *
   * @param start of the bucket
   */
  @Nullable Map<String, VenueSums> upTo(
      Connection connection, long position, Resolution resolution, Instant start)
      throws SQLException {
    long fromMs = start.toEpochMilli();
    long toMs = fromMs + resolution.seconds() * 1_000 - 1;
    long stand = stand(connection);
    var counted = connection.createArrayOf("text", COUNTED.toArray());
    boolean goesOn =
        ReadModels.rows(
                connection,
                AFTER,
                row -> row.getBoolean(1),
                position,
                stand + 1,
                position,
                fromMs,
                toMs,
                stand + 1,
                counted)
            .getFirst();
    if (!goesOn) {
      return null;
    }
    long before =
        ReadModels.rows(connection, FIRST, row -> row.getLong(1), position, fromMs, toMs)
            .getFirst();
    List<LoggedEvent> within =
        ReadModels.rows(connection, WITHIN, BegunBucket::event, before, position, counted);
    List<LoggedEvent> earlier =
        ReadModels.rows(
            connection,
            OF_ORDERS,
            BegunBucket::event,
            connection.createArrayOf("text", orders(within)),
            before,
            connection.createArrayOf("text", BEFORE.toArray()));
    return fold(earlier, within, resolution, start.getEpochSecond());
  }

  /** How far the rows are. */
  private static long stand(Connection connection) throws SQLException {
    List<Long> stand =
        ReadModels.rows(
            connection,
            "SELECT position FROM projection_position WHERE projection = ?",
            row -> row.getLong(1),
            VenueReportProjection.NAME);
    return stand.isEmpty() ? 0 : stand.getFirst();
  }

  /** Streams of the orders that marks and fills are of. */
  private Object[] orders(List<LoggedEvent> events) {
    return events.stream()
        .map(json::event)
        .map(
            event ->
                switch (event) {
                  case OrderFilled fill -> fill.orderId();
                  case OrderExpired expired -> expired.orderId();
                  case OrderCancelled cancelled -> cancelled.orderId();
                  case FillMarkedOut mark -> mark.orderId();
                  default -> "";
                })
        .filter(orderId -> !orderId.isEmpty())
        .distinct()
        .map(orderId -> "order:" + orderId)
        .toArray();
  }

  private Map<String, VenueSums> fold(
      List<LoggedEvent> earlier, List<LoggedEvent> within, Resolution resolution, long start) {
    VenueFold fold = new VenueFold(json);
    earlier.forEach(event -> fold.apply(event, Unwritten.ROWS));
    long boundary = within.isEmpty() ? Long.MAX_VALUE : within.getFirst().position();
    within.forEach(event -> fold.apply(event, Unwritten.ROWS));
    Map<String, VenueSums> sums = new HashMap<>();
    fold.rows.forEach(
        row -> {
          if (row.resolution == resolution && row.start == start && row.firstPosition >= boundary) {
            sums.put(row.venue, row.sums());
          }
        });
    return sums;
  }

  /** Nothing is written: the rows are read from the fold. */
  private enum Unwritten implements Changes {
    ROWS;

    @Override
    public void upsert(Table table, List<?> key, List<? extends @Nullable Object> values) {}

    @Override
    public void delete(Table table, List<?> key) {}
  }

  private static LoggedEvent event(ResultSet row) throws SQLException {
    return new LoggedEvent(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        row.getObject(5, UUID.class),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getString(7),
        row.getString(8),
        row.getBytes(9),
        row.getBytes(10),
        row.getBytes(11));
  }
}
