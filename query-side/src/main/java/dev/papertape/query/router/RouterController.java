package dev.papertape.query.router;

import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/router/snapshot}. */
@RestController
final class RouterController {
  private final ReadModels readModels;
  private final EventJson json;

  RouterController(ReadModels readModels, EventJson json) {
    this.readModels = readModels;
    this.json = json;
  }

  /** The decisions page with {@code limit} and {@code before}; the venues are always whole. */
  @GetMapping("/api/router/snapshot")
  @ReadsProjection(RouterProjection.NAME)
  Positioned<RouterSnapshot> snapshot(QueryReader query) {
    int limit = query.limit();
    long before = query.before();
    query.done();
    return readModels.read(RouterProjection.NAME, rows -> snapshot(rows, limit, before));
  }

  private RouterSnapshot snapshot(Connection connection, int limit, long before)
      throws SQLException {
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
    String policyVersion =
        ReadModels.rows(
                connection,
                "SELECT view ->> 'policyVersion' FROM router_recent ORDER BY position DESC LIMIT 1",
                row -> row.getString(1))
            .stream()
            .findFirst()
            .orElse(null);
    return new RouterSnapshot(
        policyVersion, FeedMinute.count(connection, RouterProjection.NAME), venues, recent);
  }
}
