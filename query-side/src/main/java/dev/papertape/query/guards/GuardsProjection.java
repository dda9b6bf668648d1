package dev.papertape.query.guards;

import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.GuardsEvent.StandingEvent;
import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * An index into the log: where guards and trading changed. The events themselves stay in the log,
 * so the state can be read as of any position.
 */
@Component
final class GuardsProjection implements Projection {
  static final String NAME = "guards";

  /** What a change is of. */
  enum Kind {
    TRADING,
    LIMIT,
    STANDING,
    OBSERVED,
    BLOCKED
  }

  private static final Column KIND = new Column("kind", "text");
  private static final Column SUBJECT = new Column("name", "text");
  private static final Column SCOPE = new Column("scope", "text");
  private static final Table SUBJECTS =
      new Table("guard_subject", List.of(KIND, SUBJECT, SCOPE), List.of());
  private static final Table CHANGES =
      new Table(
          "guard_change",
          List.of(KIND, SUBJECT, SCOPE, new Column("position", "bigint")),
          List.of());

  private final EventJson json;

  GuardsProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(SUBJECTS, CHANGES);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(GuardsEvent.class, OrderBlocked.class));
  }

  @Override
  public Fold open(Connection connection) {
    return this::fold;
  }

  private void fold(LoggedEvent logged, Changes changes) {
    switch (json.event(logged)) {
      case GuardsEvent event -> guards(event, logged.position(), changes);
      case OrderBlocked blocked ->
          write(Kind.BLOCKED, blocked.reason(), "", logged.position(), changes);
      default -> throw new IllegalArgumentException("not folded here: " + logged.payloadType());
    }
  }

  private static void guards(GuardsEvent event, long position, Changes changes) {
    switch (event) {
      case TradingEvent _ -> write(Kind.TRADING, "", "", position, changes);
      case GuardLimitChanged changed ->
          write(Kind.LIMIT, changed.guard().name(), "", position, changes);
      case StandingEvent standing ->
          write(Kind.STANDING, standing.guard().name(), standing.scope(), position, changes);
      case GuardsObserved _ -> write(Kind.OBSERVED, "", "", position, changes);
    }
  }

  private static void write(Kind kind, String name, String scope, long position, Changes changes) {
    changes.upsert(SUBJECTS, List.of(kind.name(), name, scope), List.of());
    changes.upsert(CHANGES, List.of(kind.name(), name, scope, position), List.of());
  }
}
