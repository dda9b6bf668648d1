package dev.papertape.query.chaos;

import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentFinished;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentRefused;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultApplied;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverPulled;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverReleased;
import dev.papertape.contracts.chaos.ChaosEvent.SteadyStateObserved;
import dev.papertape.contracts.chaos.ExperimentState;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** One row for each experiment, which stays; the lever. */
@Component
final class ChaosProjection implements Projection {
  static final String NAME = "chaos";

  private static final int LEVER_ROW = 1;
  private static final Table EXPERIMENT =
      new Table(
          "chaos_experiment",
          List.of(new Column("experiment_id", "text")),
          List.of(
              new Column("position", "bigint"),
              new Column("state", "text"),
              new Column("view", "json")));
  private static final Table LEVER =
      new Table(
          "chaos_lever", List.of(new Column("id", "integer")), List.of(new Column("view", "json")));
  private static final String OPEN =
      "SELECT view FROM chaos_experiment WHERE state NOT IN ('FINISHED', 'REFUSED')";

  private final EventJson json;

  ChaosProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(EXPERIMENT, LEVER);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(ChaosEvent.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    Map<String, ExperimentView> open = new HashMap<>();
    for (ExperimentView view :
        ReadModels.rows(
            connection, OPEN, row -> json.view(row.getString(1), ExperimentView.class))) {
      open.put(view.experimentId(), view);
    }
    return new ChaosFold(open);
  }

  /** Remembers the experiments that are not over. */
  private final class ChaosFold implements Fold {
    private final Map<String, ExperimentView> open;

    ChaosFold(Map<String, ExperimentView> open) {
      this.open = open;
    }

    @Override
    public void apply(LoggedEvent logged, Changes changes) {
      switch ((ChaosEvent) json.event(logged)) {
        case ExperimentStarted started ->
            write(ExperimentView.of(started, logged.position()), changes);
        case ExperimentRefused refused ->
            write(ExperimentView.of(refused, logged.position()), changes);
        case FaultApplied applied ->
            change(applied.experimentId(), view -> view.applied(applied.at()), changes);
        case SteadyStateObserved seen ->
            change(seen.experimentId(), view -> view.observed(seen), changes);
        case FaultReverted back ->
            change(back.experimentId(), view -> view.reverted(back), changes);
        case ExperimentFinished end ->
            change(end.experimentId(), view -> view.finished(end), changes);
        case SafetyLeverPulled pulled ->
            lever(LeverView.of(true, pulled.reason(), pulled.at()), changes);
        case SafetyLeverReleased released ->
            lever(LeverView.of(false, released.reason(), released.at()), changes);
      }
    }

    private void change(String id, UnaryOperator<ExperimentView> change, Changes changes) {
      ExperimentView before = open.get(id);
      if (before == null) {
        throw new IllegalArgumentException("no open experiment " + id);
      }
      write(change.apply(before), changes);
    }

    private void write(ExperimentView view, Changes changes) {
      if (view.state() == ExperimentState.FINISHED || view.state() == ExperimentState.REFUSED) {
        open.remove(view.experimentId());
      } else {
        open.put(view.experimentId(), view);
      }
      changes.upsert(
          EXPERIMENT,
          List.of(view.experimentId()),
          List.of(view.position(), view.state().name(), json.column(view)));
    }

    private void lever(LeverView view, Changes changes) {
      changes.upsert(LEVER, List.of(LEVER_ROW), List.of(json.column(view)));
    }
  }
}
