package dev.papertape.query.deploy;

import dev.papertape.contracts.deploy.DeployEvent;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
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
 * An index into the log: the steps of all rollouts, and where their SLOs were counted. The events
 * themselves stay in the log, so the status can be read as of any position.
 */
@Component
final class DeployProjection implements Projection {
  static final String NAME = "deploy";

  private static final Table STEP =
      new Table(
          "deploy_step",
          List.of(new Column("position", "bigint")),
          List.of(new Column("rollout_id", "text")));
  private static final Table OBSERVED =
      new Table(
          "deploy_observed",
          List.of(new Column("rollout_id", "text"), new Column("position", "bigint")),
          List.of());

  private final EventJson json;

  DeployProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(STEP, OBSERVED);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(DeployEvent.class));
  }

  @Override
  public Fold open(Connection connection) {
    return this::fold;
  }

  private void fold(LoggedEvent logged, Changes changes) {
    switch ((DeployEvent) json.event(logged)) {
      case RolloutEvent step ->
          changes.upsert(STEP, List.of(logged.position()), List.of(step.rolloutId()));
      case SlosObserved observed ->
          changes.upsert(OBSERVED, List.of(observed.rolloutId(), logged.position()), List.of());
    }
  }
}
