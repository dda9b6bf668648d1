package dev.papertape.query.router;

import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.stereotype.Component;

/** The SQL over the router projection's tables. */
@Component
public final class RouterQueries {
  private static final String NEWEST_POLICY =
      "SELECT view ->> 'policyVersion' FROM router_recent ORDER BY position DESC LIMIT 1";

  private final EventJson json;

  RouterQueries(EventJson json) {
    this.json = json;
  }

  /** Decisions of the last minute of feed time. */
  public long decisionsLastMinute(Connection connection) throws SQLException {
    return FeedMinute.count(connection, RouterProjection.NAME);
  }

  RouterSnapshot snapshot(Connection connection, int limit, long before) throws SQLException {
    List<VenueScoreView> venues =
        ReadModels.rows(
            connection,
            "SELECT view FROM router_venue ORDER BY venue",
            row -> json.view(row.getString(1), VenueScoreView.class));
    List<DecisionView> recent =
        ReadModels.rows(
            connection,
            "SELECT view FROM router_recent WHERE position < ? ORDER BY position DESC LIMIT ?",
            row -> json.view(row.getString(1), DecisionView.class),
            before,
            limit);
    List<String> policy = ReadModels.rows(connection, NEWEST_POLICY, row -> row.getString(1));
    return new RouterSnapshot(
        policy.isEmpty() ? null : policy.getFirst(),
        decisionsLastMinute(connection),
        venues,
        recent);
  }
}
