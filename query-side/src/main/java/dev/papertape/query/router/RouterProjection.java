package dev.papertape.query.router;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps each venue's newest score, the newest 1,000 decisions and their number per feed second. */
@Component
final class RouterProjection implements Projection {
  static final String NAME = "router";
  static final int RECENT = 1_000;

  private static final Table VENUE = viewTable("router_venue", "venue", "text");
  private static final Table DECISION = viewTable("router_recent", "position", "bigint");

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
    Set<Table> tables = new HashSet<>(FeedMinute.tables(NAME));
    tables.addAll(Set.of(VENUE, DECISION));
    return tables;
  }

  /** Everything with a feed time, since the last minute ends at the newest. */
  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(RouterEvent.class, MarketEvent.class, ExecutionEvent.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    Deque<Long> recent =
        new ArrayDeque<>(
            ReadModels.rows(
                connection,
                "SELECT position FROM router_recent ORDER BY position",
                row -> row.getLong(1)));
    return new RouterFold(FeedMinute.load(connection, NAME), recent);
  }

  private final class RouterFold implements Fold {
    private final FeedMinute minute;
    private final Deque<Long> recent;

    RouterFold(FeedMinute minute, Deque<Long> recent) {
      this.minute = minute;
      this.recent = recent;
    }

    @Override
    public void apply(LoggedEvent logged, Changes changes) {
      DomainEvent event = json.event(logged);
      switch (event) {
        case RouterEvent decided -> decided(decided, logged.position(), changes);
        case MarketEvent market -> {
          minute.advance(market.feedTime(), 0, changes);
          if (market instanceof MarketEvent.VenueScored scored) {
            Object view = json.column(VenueScoreView.of(scored));
            changes.upsert(VENUE, List.of(scored.venue().name()), List.of(view));
          }
        }
        case ExecutionEvent execution -> minute.advance(execution.feedTime(), 0, changes);
        default -> throw new IllegalArgumentException("not folded here: " + logged.payloadType());
      }
    }

    private void decided(RouterEvent decided, long position, Changes changes) {
      minute.advance(decided.feedTime(), 1, changes);
      Object view = json.column(DecisionView.of(decided, position));
      changes.upsert(DECISION, List.of(position), List.of(view));
      recent.add(position);
      if (recent.size() > RECENT) {
        changes.delete(DECISION, List.of(recent.remove()));
      }
    }
  }

  private static Table viewTable(String name, String key, String type) {
    return new Table(name, List.of(new Column(key, type)), List.of(new Column("view", "jsonb")));
  }
}
