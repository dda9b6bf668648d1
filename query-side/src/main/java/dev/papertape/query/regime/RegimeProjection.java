package dev.papertape.query.regime;

import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
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

/** An index into the log: where each symbol's regime changed. */
@Component
final class RegimeProjection implements Projection {
  static final String NAME = "regime";

  private static final Table SYMBOL =
      new Table("regime_symbol", List.of(new Column("symbol", "text")), List.of());
  private static final Table CHANGE =
      new Table(
          "regime_change",
          List.of(new Column("symbol", "text"), new Column("position", "bigint")),
          List.of());

  private final EventJson json;

  RegimeProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(SYMBOL, CHANGE);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(RegimeEvent.class));
  }

  @Override
  public Fold open(Connection connection) {
    return this::apply;
  }

  private void apply(LoggedEvent logged, Changes changes) {
    switch ((RegimeEvent) json.event(logged)) {
      case RegimeChanged changed -> {
        String symbol = changed.symbol().value();
        changes.upsert(SYMBOL, List.of(symbol), List.of());
        changes.upsert(CHANGE, List.of(symbol, logged.position()), List.of());
      }
    }
  }
}
