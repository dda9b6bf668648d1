package dev.papertape.query.router;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderReviewed;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * An index into the log: where each venue was scored, and where decisions were made in each feed
 * second. The scores and decisions themselves stay in the log, so the snapshot can be read as of
 * any position, and a decision costs no row of its own until it is reviewed in hindsight.
 */
@Component
final class RouterProjection implements Projection {
  static final String NAME = "router";

  private static final Table VENUE =
      new Table("router_venue", List.of(new Column("venue", "text")), List.of());
  private static final Table SCORE =
      new Table(
          "router_score",
          List.of(new Column("venue", "text"), new Column("position", "bigint")),
          List.of());

  private static final Table REVIEW =
      new Table(
          "router_review",
          List.of(new Column("decision_id", "text")),
          List.of(new Column("position", "bigint"), new Column("regret_bps", "double precision")));

  private final EventJson json;

  RouterProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(VENUE, SCORE, REVIEW, FeedMinute.table(NAME));
  }

  /** Everything with a feed time, since the last minute ends at the newest. */
  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(RouterEvent.class, MarketEvent.class, ExecutionEvent.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    FeedMinute minute = FeedMinute.load(connection, NAME);
    return (logged, changes) -> apply(logged, minute, changes);
  }

  private void apply(LoggedEvent logged, FeedMinute minute, Changes changes) {
    long position = logged.position();
    DomainEvent event = json.event(logged);
    switch (event) {
      case RouterEvent decided -> minute.advance(decided.feedTime(), true, position, changes);
      case MarketEvent market -> {
        minute.advance(market.feedTime(), false, position, changes);
        if (market instanceof MarketEvent.VenueScored) {
          String venue = market.venue().name();
          changes.upsert(VENUE, List.of(venue), List.of());
          changes.upsert(SCORE, List.of(venue, position), List.of());
        }
      }
      case ExecutionEvent execution -> {
        minute.advance(execution.feedTime(), false, position, changes);
        if (execution instanceof OrderReviewed review) {
          changes.upsert(
              REVIEW, List.of(review.decisionId()), Arrays.asList(position, review.regretBps()));
        }
      }
      default -> throw new IllegalArgumentException("not folded here: " + logged.payloadType());
    }
  }
}
