package dev.papertape.query.router;

import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The SQL over the router projection's tables and the part of the log that they point at. The
 * newest page reads as many decisions as it shows; an old one also as many events as the log has in
 * the feed second of its first decision.
 */
@Component
public final class RouterQueries {
  private static final Set<String> DECISIONS = EventJson.names(Set.of(RouterEvent.class));

  private static final String SCORES =
      """
      SELECT e.payload_type, e.payload FROM router_venue v
      CROSS JOIN LATERAL (SELECT s.position FROM router_score s
        WHERE s.venue = v.venue AND s.position <= ? ORDER BY s.position DESC LIMIT 1) newest
      JOIN event_log e ON e.position = newest.position
      ORDER BY v.venue
      """;
  private static final String RUNS =
      """
      SELECT first_position, last_position, counted FROM router_second
      WHERE first_position <= ? ORDER BY first_position DESC LIMIT ?
      """;
  // Distinct: a decision that was parked and folded later has a run of its own within another.
  private static final String IN_RUNS =
      """
      SELECT DISTINCT ON (d.position) d.position, d.payload_type, d.payload
      FROM unnest(?::bigint[], ?::bigint[]) AS run (first, last)
      CROSS JOIN LATERAL (SELECT position, payload_type, payload FROM event_log
        WHERE position BETWEEN run.first AND run.last AND payload_type = ANY (?)
        ORDER BY position DESC LIMIT ?) d
      ORDER BY d.position DESC LIMIT ?
      """;

  private static final String REGRETS =
      """
      SELECT decision_id, regret_bps FROM router_review
      WHERE decision_id = ANY (?) AND position <= ? AND regret_bps IS NOT NULL
      """;

  private final EventJson json;

  RouterQueries(EventJson json) {
    this.json = json;
  }

  private record Run(long first, long last, long counted) {}

  /** Decisions of the last minute of feed time. */
  public long decisionsLastMinute(Connection connection) throws SQLException {
    return decisionsLastMinute(connection, Long.MAX_VALUE - 1);
  }

  private static long decisionsLastMinute(Connection connection, long position)
      throws SQLException {
    return FeedMinute.count(connection, RouterProjection.NAME, position, DECISIONS);
  }

  /** As it stood right after the event at {@code position}, which the projection has folded. */
  RouterSnapshot snapshot(Connection connection, long position, int limit, long before)
      throws SQLException {
    List<VenueScoreView> venues =
        ReadModels.rows(
            connection,
            SCORES,
            row -> VenueScoreView.of((VenueScored) json.event(row.getString(1), row.getBytes(2))),
            position);
    List<DecisionView> newest = decisions(connection, position, position, 1);
    return new RouterSnapshot(
        newest.isEmpty() ? null : newest.getFirst().policyVersion(),
        decisionsLastMinute(connection, position),
        venues,
        decisions(connection, position, Math.min(position, before - 1), limit));
  }

  private record Decided(long position, RouterEvent event) {}

  /**
   * The newest {@code limit} decisions at or before {@code upTo}, newest first, with what hindsight
   * said of them by {@code position}.
   */
  private List<DecisionView> decisions(Connection connection, long position, long upTo, int limit)
      throws SQLException {
    List<Decided> decided = decided(connection, upTo, limit);
    Map<String, Double> regrets = new HashMap<>();
    ReadModels.rows(
        connection,
        REGRETS,
        row -> regrets.put(row.getString(1), row.getDouble(2)),
        connection.createArrayOf(
            "text", decided.stream().map(each -> each.event.decisionId()).toArray()),
        position);
    return decided.stream()
        .map(
            each ->
                DecisionView.of(each.event, each.position, regrets.get(each.event.decisionId())))
        .toList();
  }

  private List<Decided> decided(Connection connection, long upTo, int limit) throws SQLException {
    List<Long> first = new ArrayList<>();
    List<Long> last = new ArrayList<>();
    long found = 0;
    for (Run run : runs(connection, upTo, limit)) {
      if (found < limit) {
        first.add(run.first);
        last.add(Math.min(run.last, upTo));
        // Of a run that goes on beyond, only its first decision is sure to count.
        found += run.last <= upTo ? run.counted : 1;
      }
    }
    return ReadModels.rows(
        connection,
        IN_RUNS,
        row ->
            new Decided(
                row.getLong(1), (RouterEvent) json.event(row.getString(2), row.getBytes(3))),
        connection.createArrayOf("bigint", first.toArray()),
        connection.createArrayOf("bigint", last.toArray()),
        connection.createArrayOf("text", DECISIONS.toArray()),
        limit,
        limit);
  }

  private static List<Run> runs(Connection connection, long upTo, int limit) throws SQLException {
    return ReadModels.rows(
        connection,
        RUNS,
        row -> new Run(row.getLong(1), row.getLong(2), row.getLong(3)),
        upTo,
        limit);
  }
}
