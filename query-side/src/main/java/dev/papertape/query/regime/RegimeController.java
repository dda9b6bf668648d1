package dev.papertape.query.regime;

import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.Historical;
import dev.papertape.query.ReadModels;
import dev.papertape.query.regime.RegimeState.SymbolView;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/regime/state}. */
@RestController
final class RegimeController {
  private static final String NEWEST =
      """
      SELECT e.payload_type, e.payload FROM regime_symbol s
      CROSS JOIN LATERAL (SELECT c.position FROM regime_change c
        WHERE c.symbol = s.symbol AND c.position <= ? ORDER BY c.position DESC LIMIT 1) newest
      JOIN event_log e ON e.position = newest.position
      ORDER BY s.symbol
      """;

  private final ReadModels readModels;
  private final EventJson json;

  RegimeController(ReadModels readModels, EventJson json) {
    this.readModels = readModels;
    this.json = json;
  }

  @Historical
  @GetMapping("/api/regime/state")
  @ReadsProjection(RegimeProjection.NAME)
  Positioned<RegimeState> state(QueryReader query) {
    Optional<AsOf> asOf = query.asOf();
    query.done();
    return readModels.read(
        RegimeProjection.NAME,
        asOf,
        (rows, position) ->
            new RegimeState(
                ReadModels.rows(
                    rows,
                    NEWEST,
                    row ->
                        SymbolView.of(
                            (RegimeChanged) json.event(row.getString(1), row.getBytes(2))),
                    position)));
  }
}
