package dev.papertape.query.alpha;

import dev.papertape.contracts.alpha.AlphaEvent;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One row an alpha, from its registration on. */
@Component
final class AlphaProjection implements Projection {
  static final String NAME = "alphas";

  static final Table REGISTRY =
      new Table(
          "alpha_registry",
          List.of(new Column("alpha_id", "text")),
          List.of(new Column("benched", "text"), new Column("view", "json")));

  private final EventJson json;

  private record Row(String alphaId, @Nullable String benched, @Nullable String view) {}

  AlphaProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(REGISTRY);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(
        Set.of(AlphaEvent.RegistryEvent.class, PromotionEvent.StageChanged.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    List<AlphaSpec> specs = new ArrayList<>();
    Map<String, Instant> registeredAt = new HashMap<>();
    SortedMap<String, String> benched = new TreeMap<>();
    for (Row row :
        ReadModels.rows(
            connection,
            "SELECT alpha_id, benched, view FROM alpha_registry",
            row -> new Row(row.getString(1), row.getString(2), row.getString(3)))) {
      if (row.benched() != null) {
        benched.put(row.alphaId(), row.benched());
      }
      if (row.view() != null) {
        AlphaEntry entry = json.view(row.view(), AlphaEntry.class);
        specs.add(entry.spec());
        registeredAt.put(row.alphaId(), entry.registeredAt());
      }
    }
    return new AlphaFold(json, AlphaRoster.restored(specs, benched), registeredAt);
  }
}
