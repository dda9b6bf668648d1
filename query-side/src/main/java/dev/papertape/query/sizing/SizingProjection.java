package dev.papertape.query.sizing;

import dev.papertape.contracts.sizing.SizingEvent;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
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

/** An index into the log: where each symbol was sized last. */
@Component
final class SizingProjection implements Projection {
  static final String NAME = "sizing";

  private static final Table LAST =
      new Table(
          "sizing_last",
          List.of(new Column("symbol", "text")),
          List.of(new Column("position", "bigint")));

  private final EventJson json;

  SizingProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(LAST);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(SizingEvent.class));
  }

  @Override
  public Fold open(Connection connection) {
    return this::apply;
  }

  private void apply(LoggedEvent logged, Changes changes) {
    switch ((SizingEvent) json.event(logged)) {
      case PositionSized sized ->
          changes.upsert(LAST, List.of(sized.symbol().value()), List.of(logged.position()));
    }
  }
}
