package dev.papertape.query.guards;

import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.ReadModels;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/guards/state}. */
@RestController
@ReadsProjection(GuardsProjection.NAME)
final class GuardsController {
  private final ReadModels readModels;
  private final GuardsQueries queries;

  GuardsController(ReadModels readModels, GuardsQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @GetMapping("/api/guards/state")
  Positioned<GuardsState> state(QueryReader query) {
    Optional<AsOf> asOf = query.asOf();
    query.done();
    return readModels.read(GuardsProjection.NAME, asOf, queries::state);
  }
}
