package dev.papertape.query.deploy;

import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The SQL over the deploy projection's tables and the part of the log that they point at. */
@Component
public final class DeployQueries {
  private static final String STEPS =
      """
      SELECT e.payload_type, e.payload, e.position, e.recorded_at FROM deploy_step s
      JOIN event_log e ON e.position = s.position
      WHERE s.position <= ? ORDER BY s.position
      """;
  private static final String NEWEST =
      """
      SELECT e.payload_type, e.payload FROM event_log e WHERE e.position =
        (SELECT max(position) FROM deploy_observed WHERE rollout_id = ? AND position <= ?)
      """;

  private final EventJson json;
  private final String configured;

  /**
   * @param configured the release that is active as long as no rollout was completed
   */
  DeployQueries(EventJson json, @Value("${papertape.release:baseline}") String configured) {
    this.json = json;
    this.configured = configured;
  }

  /** As it stood right after the event at {@code position}, which the projection has folded. */
  DeployStatus status(Connection connection, long position) throws SQLException {
    RolloutFold fold = fold(connection, position);
    String rolloutId = fold.rolloutId();
    return fold.status(rolloutId == null ? null : newest(connection, rolloutId, position));
  }

  /** Name of the release that is active now. */
  public String activeRelease(Connection connection) throws SQLException {
    return fold(connection, Long.MAX_VALUE).activeRelease();
  }

  private RolloutFold fold(Connection connection, long position) throws SQLException {
    RolloutFold fold = new RolloutFold(configured);
    ReadModels.rows(
        connection,
        STEPS,
        row -> {
          fold.apply(
              (RolloutEvent) json.event(row.getString(1), row.getBytes(2)),
              row.getLong(3),
              row.getObject(4, OffsetDateTime.class).toInstant());
          return row.getLong(3);
        },
        position);
    return fold;
  }

  private @Nullable SlosObserved newest(Connection connection, String rolloutId, long position)
      throws SQLException {
    List<SlosObserved> newest =
        ReadModels.rows(
            connection,
            NEWEST,
            row -> (SlosObserved) json.event(row.getString(1), row.getBytes(2)),
            rolloutId,
            position);
    return newest.isEmpty() ? null : newest.getFirst();
  }
}
