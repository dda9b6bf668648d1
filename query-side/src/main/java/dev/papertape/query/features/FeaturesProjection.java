package dev.papertape.query.features;

import dev.papertape.contracts.features.FeatureEvent;
import dev.papertape.contracts.features.FeatureEvent.FeaturePut;
import dev.papertape.contracts.features.FeatureEvent.ParityChecked;
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

/** The newest parity run; one row for each value that was put. */
@Component
final class FeaturesProjection implements Projection {
  static final String NAME = "features";

  /** The only row of the newest parity run. */
  static final int PARITY_ROW = 1;

  private static final Table PARITY =
      new Table(
          "features_parity",
          List.of(new Column("id", "integer")),
          List.of(new Column("view", "json")));

  private static final Table EXTERNAL =
      new Table(
          "features_external",
          List.of(
              new Column("symbol", "text"),
              new Column("name", "text"),
              new Column("event_time", "timestamptz"),
              new Column("position", "bigint")),
          List.of(
              new Column("available_at", "timestamptz"), new Column("value", "double precision")));

  private final EventJson json;

  FeaturesProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(PARITY, EXTERNAL);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(FeatureEvent.class));
  }

  @Override
  public Fold open(Connection connection) {
    return this::fold;
  }

  private void fold(LoggedEvent logged, Changes changes) {
    switch ((FeatureEvent) json.event(logged)) {
      case FeaturePut put ->
          changes.upsert(
              EXTERNAL,
              List.of(
                  put.symbol().value(), put.name(), put.eventTime().toString(), logged.position()),
              List.of(logged.recordedAt().toString(), put.value()));
      case ParityChecked checked ->
          changes.upsert(PARITY, List.of(PARITY_ROW), List.of(json.column(checked)));
    }
  }
}
