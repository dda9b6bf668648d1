package dev.papertape.query.promotion;

import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The SQL over the promotion projection's table and the part of the log that it points at. */
@Component
final class PromotionQueries {
  /** At most four lookups an alpha, however long the log is. */
  private static final String STEPS =
      """
      SELECT a.alpha_id, e.payload_type, e.payload, e.position, e.recorded_at
      FROM (SELECT DISTINCT alpha_id FROM promotion_step
            WHERE kind = 'REGISTERED' AND position <= ?) a
      CROSS JOIN (VALUES ('REGISTERED'), ('STAGE'), ('GATES'), ('REQUESTED')) k (kind)
      CROSS JOIN LATERAL (SELECT s.position FROM promotion_step s
            WHERE s.kind = k.kind AND s.alpha_id = a.alpha_id AND s.position <= ?
            ORDER BY s.position DESC LIMIT 1) n
      JOIN event_log e ON e.position = n.position
      """;

  private final EventJson json;

  PromotionQueries(EventJson json) {
    this.json = json;
  }

  /** As it stood right after the event at {@code position}, which the projection has folded. */
  PromotionStatus status(Connection connection, long position) throws SQLException {
    Map<String, AlphaSteps> alphas = new TreeMap<>();
    ReadModels.rows(
        connection,
        STEPS,
        row -> {
          AlphaSteps steps = alphas.computeIfAbsent(row.getString(1), _ -> new AlphaSteps());
          steps.take(
              json.event(row.getString(2), row.getBytes(3)),
              row.getLong(4),
              row.getObject(5, OffsetDateTime.class).toInstant());
          return steps;
        },
        position,
        position);
    return new PromotionStatus(
        alphas.values().stream()
            .max(Comparator.comparingLong(AlphaSteps::measuredPosition))
            .map(AlphaSteps::policy)
            .orElse(null),
        alphas.values().stream().map(AlphaSteps::status).toList());
  }
}
