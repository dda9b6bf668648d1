package dev.papertape.query.budget;

import dev.papertape.contracts.budget.BudgetEvent;
import dev.papertape.contracts.budget.BudgetEvent.FallbackChosen;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * An index into the log, and each ledger's state at every {@value #CHECKPOINT_EVERY}th of its
 * events: a ledger as of any position is a state and the few events after it.
 */
@Component
final class BudgetProjection implements Projection {
  static final String NAME = "budget";
  private static final int CHECKPOINT_EVERY = 32;

  private static final Table STATE =
      new Table(
          "budget_state",
          List.of(new Column("provider", "text"), new Column("position", "bigint")),
          List.of(new Column("sequence", "bigint"), new Column("view", "json")));
  private static final Table EVENT =
      new Table(
          "budget_event",
          List.of(new Column("position", "bigint")),
          List.of(new Column("provider", "text"), new Column("type", "text")));
  private static final Table ROUTE =
      new Table(
          "budget_route",
          List.of(
              new Column("capability", "text"),
              new Column("subject", "text"),
              new Column("position", "bigint")),
          List.of());

  private final EventJson json;
  private final ProviderLedgers ledgers;

  BudgetProjection(EventJson json, ProviderLedgers ledgers) {
    this.json = json;
    this.ledgers = ledgers;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(STATE, EVENT, ROUTE);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(BudgetEvent.class));
  }

  /** The rows end where the projection stands, so its states are read up to there. */
  @Override
  public Fold open(Connection connection) throws SQLException {
    Map<String, ProviderState> states = new HashMap<>();
    ledgers
        .asOf(connection, ledgers.stand(connection))
        .forEach(ledger -> states.put(ledger.state().provider(), ledger.state()));
    return (logged, changes) -> apply(logged, states, changes);
  }

  private void apply(LoggedEvent logged, Map<String, ProviderState> states, Changes changes) {
    switch ((BudgetEvent) json.event(logged)) {
      case ProviderEvent event -> {
        ProviderState state = ProviderState.after(states.get(event.provider()), event);
        states.put(event.provider(), state);
        index(logged, event.provider(), changes);
        if (event instanceof ProviderRegistered || logged.sequence() % CHECKPOINT_EVERY == 0) {
          changes.upsert(
              STATE,
              List.of(event.provider(), logged.position()),
              List.of(logged.sequence(), json.column(state)));
        }
      }
      case FallbackChosen chosen -> {
        index(logged, chosen.chosen() == null ? "" : chosen.chosen(), changes);
        changes.upsert(
            ROUTE,
            List.of(chosen.capability().name(), chosen.subject(), logged.position()),
            List.of());
      }
    }
  }

  private static void index(LoggedEvent logged, String provider, Changes changes) {
    String type = logged.payloadType();
    changes.upsert(
        EVENT,
        List.of(logged.position()),
        List.of(provider, type.substring(type.indexOf('.') + 1)));
  }
}
