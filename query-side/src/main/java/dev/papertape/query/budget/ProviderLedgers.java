package dev.papertape.query.budget;

import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads ledgers as they stood right after a position. */
@Component
final class ProviderLedgers {
  private static final String STAND =
      "SELECT position FROM projection_position WHERE projection = '" + BudgetProjection.NAME + "'";

  /**
   * From name to name and to each one's newest row: what is read does not grow with the history.
   */
  static final String STATES =
      """
      WITH RECURSIVE named (provider) AS (
        SELECT min(provider) FROM budget_state
        UNION ALL
        SELECT (SELECT min(s.provider) FROM budget_state s WHERE s.provider > n.provider)
        FROM named n WHERE n.provider IS NOT NULL)
      SELECT n.provider, s.sequence, s.view, s.position
      FROM named n CROSS JOIN LATERAL (
        SELECT sequence, view, position FROM budget_state
        WHERE provider = n.provider AND position <= ? ORDER BY position DESC LIMIT 1) s
      ORDER BY n.provider
      """;

  private static final String AFTER =
      """
      SELECT payload_type, payload, recorded_at FROM event_log
      WHERE aggregate_id = ? AND sequence > ? AND position <= ? ORDER BY sequence
      """;
  private static final String RECORDED = "SELECT recorded_at FROM event_log WHERE position = ?";

  private final EventJson json;

  ProviderLedgers(EventJson json) {
    this.json = json;
  }

  /**
   * @param ahead the provider's clock less ours when its newest event was recorded
   */
  record Ledger(ProviderState state, Duration ahead) {
    /** The provider's time at a moment of ours; never before its newest event. */
    Instant at(Instant ours) {
      return state.noEarlier(ours.plus(ahead));
    }
  }

  private record Checkpoint(ProviderState state, long sequence, long position) {}

  long stand(Connection connection) throws SQLException {
    return ReadModels.rows(connection, STAND, row -> row.getLong(1)).stream()
        .findFirst()
        .orElse(0L);
  }

  /** By name. */
  List<Ledger> asOf(Connection connection, long position) throws SQLException {
    List<Ledger> ledgers = new ArrayList<>();
    List<Checkpoint> checkpoints =
        ReadModels.rows(
            connection,
            STATES,
            row ->
                new Checkpoint(
                    json.view(row.getString(3), ProviderState.class),
                    row.getLong(2),
                    row.getLong(4)),
            position);
    for (Checkpoint checkpoint : checkpoints) {
      ledgers.add(ledger(connection, checkpoint, position));
    }
    return ledgers;
  }

  private Ledger ledger(Connection connection, Checkpoint from, long position) throws SQLException {
    ProviderState[] state = {from.state};
    Instant[] recorded = {
      ReadModels.rows(connection, RECORDED, row -> instant(row, 1), from.position).getFirst()
    };
    ReadModels.rows(
        connection,
        AFTER,
        row -> {
          state[0] = state[0].after((ProviderEvent) json.event(row.getString(1), row.getBytes(2)));
          recorded[0] = instant(row, 3);
          return state[0];
        },
        BudgetCommand.PREFIX + from.state.provider(),
        from.sequence,
        position);
    return new Ledger(state[0], Duration.between(recorded[0], state[0].time()));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
