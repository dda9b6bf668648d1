package dev.papertape.query.population;

import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MemberExploited;
import dev.papertape.contracts.population.PopulationEvent.MemberExplored;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationEvent.PopulationCreated;
import dev.papertape.contracts.population.PopulationEvent.PopulationEnlisted;
import dev.papertape.contracts.population.StepKind;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.population.LineageView.Progress;
import dev.papertape.query.population.LineageView.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Folds the lineage of all populations, by the same fold as their aggregates. */
@Component
final class LineageProjection implements Projection {
  static final String NAME = "population";

  private static final Table POPULATION =
      new Table(
          "pbt_population",
          List.of(new Column("population_id", "text")),
          List.of(new Column("created_at", "bigint"), new Column("population", "json")));
  private static final Table PROGRESS =
      new Table(
          "pbt_progress",
          List.of(new Column("population_id", "text")),
          List.of(new Column("progress", "json")));
  private static final Table STEP =
      new Table(
          "pbt_step",
          List.of(new Column("position", "bigint")),
          List.of(new Column("population_id", "text"), new Column("step", "json")));
  private static final String KNOWN = "SELECT created_at, population FROM pbt_population";

  private final EventJson json;

  /** A population and the log position at which it was created. */
  private record Known(Population population, long createdAt) {}

  LineageProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(POPULATION, PROGRESS, STEP);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(PopulationEvent.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    Map<String, Known> known = new HashMap<>();
    for (Known each :
        ReadModels.rows(
            connection,
            KNOWN,
            row -> new Known(json.view(row.getString(2), Population.class), row.getLong(1)))) {
      known.put(each.population().populationId(), each);
    }
    return (logged, changes) -> fold(known, logged, changes);
  }

  private void fold(Map<String, Known> known, LoggedEvent logged, Changes changes) {
    switch ((PopulationEvent) json.event(logged)) {
      case LineageEvent event -> {
        Known before = known.get(event.populationId());
        Known after =
            new Known(
                Population.after(population(before), event),
                event instanceof PopulationCreated || before == null
                    ? logged.position()
                    : before.createdAt());
        known.put(event.populationId(), after);
        changes.upsert(
            POPULATION,
            List.of(event.populationId()),
            List.of(after.createdAt(), json.column(after.population())));
        step(event, logged.position(), changes);
      }
      case MembersScored scores ->
          changes.upsert(
              PROGRESS, List.of(scores.populationId()), List.of(json.column(Progress.of(scores))));
      case PopulationEnlisted _ -> {
        // Only its creation makes it one.
      }
    }
  }

  private static @Nullable Population population(@Nullable Known known) {
    return known == null ? null : known.population();
  }

  private void step(LineageEvent event, long position, Changes changes) {
    Step step = null;
    if (event instanceof MemberExploited copied) {
      step =
          new Step(
              copied.generation(),
              copied.target(),
              copied.source(),
              StepKind.EXPLOIT,
              copied.oldParams(),
              copied.newParams(),
              position);
    } else if (event instanceof MemberExplored explored) {
      step =
          new Step(
              explored.generation(),
              explored.target(),
              explored.source(),
              explored.kind(),
              explored.oldParams(),
              explored.newParams(),
              position);
    }
    if (step != null) {
      changes.upsert(STEP, List.of(position), List.of(event.populationId(), json.column(step)));
    }
  }
}
