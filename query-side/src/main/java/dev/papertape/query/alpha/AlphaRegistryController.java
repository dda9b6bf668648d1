package dev.papertape.query.alpha;

import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/alpha/registry}. */
@RestController
final class AlphaRegistryController {
  private final ReadModels readModels;
  private final EventJson json;

  AlphaRegistryController(ReadModels readModels, EventJson json) {
    this.readModels = readModels;
    this.json = json;
  }

  /** All alphas, by id. */
  record Registry(List<AlphaEntry> alphas) {}

  @GetMapping("/api/alpha/registry")
  @ReadsProjection(AlphaProjection.NAME)
  Positioned<Registry> registry(QueryReader query) {
    query.done();
    return readModels.read(
        AlphaProjection.NAME,
        rows ->
            new Registry(
                ReadModels.rows(
                    rows,
                    "SELECT view FROM alpha_registry WHERE view IS NOT NULL ORDER BY alpha_id",
                    row -> json.view(row.getString(1), AlphaEntry.class))));
  }
}
