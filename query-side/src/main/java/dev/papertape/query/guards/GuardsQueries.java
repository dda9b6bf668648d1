package dev.papertape.query.guards;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.guards.GuardsState.BlockedOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.stereotype.Component;

/** The SQL over the guards projection's tables and the part of the log that they point at. */
@Component
final class GuardsQueries {
  /** Blocked orders that are shown. */
  private static final int BLOCKED = 50;

  private static final String NEWEST_OF_EACH =
      """
      SELECT e.position, e.recorded_at, e.payload_type, e.payload
      FROM guard_subject s
      CROSS JOIN LATERAL (SELECT c.position FROM guard_change c
        WHERE c.kind = s.kind AND c.name = s.name AND c.scope = s.scope AND c.position <= ?
        ORDER BY c.position DESC LIMIT 1) n
      JOIN event_log e ON e.position = n.position
      ORDER BY e.position
      """;
  private static final String NEWEST_BLOCKED =
      """
      SELECT e.position, e.recorded_at, e.payload_type, e.payload
      FROM (SELECT position FROM guard_change WHERE kind = 'BLOCKED' AND position <= ?
        ORDER BY position DESC LIMIT ?) b
      JOIN event_log e ON e.position = b.position
      ORDER BY e.position DESC
      """;

  private final EventJson json;

  GuardsQueries(EventJson json) {
    this.json = json;
  }

  /** An event with where and when it was recorded. */
  record Recorded(long position, Instant at, DomainEvent event) {}

  /** As it stood right after the event at {@code position}, which the projection has folded. */
  GuardsState state(Connection connection, long position) throws SQLException {
    List<Recorded> newest = ReadModels.rows(connection, NEWEST_OF_EACH, this::recorded, position);
    List<BlockedOrder> blocked =
        ReadModels.rows(connection, NEWEST_BLOCKED, this::recorded, position, BLOCKED).stream()
            .map(GuardsQueries::blocked)
            .toList();
    return GuardsView.of(newest, blocked);
  }

  private Recorded recorded(ResultSet row) throws SQLException {
    return new Recorded(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        json.event(row.getString(3), row.getBytes(4)));
  }

  private static BlockedOrder blocked(Recorded recorded) {
    OrderBlocked order = (OrderBlocked) recorded.event();
    return new BlockedOrder(
        order.orderId(),
        recorded.position(),
        order.feedTime(),
        order.intent().symbol(),
        order.intent().side(),
        order.intent().quantity(),
        order.intent().alphaId(),
        order.reason(),
        order.detail());
  }
}
