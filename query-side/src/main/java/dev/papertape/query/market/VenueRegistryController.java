package dev.papertape.query.market;

import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/venues/registry}. */
@RestController
final class VenueRegistryController {
  private final ReadModels readModels;
  private final EventJson json;

  VenueRegistryController(ReadModels readModels, EventJson json) {
    this.readModels = readModels;
    this.json = json;
  }

  record Registry(List<VenueView> venues) {}

  @GetMapping("/api/venues/registry")
  @ReadsProjection(VenueRegistryProjection.NAME)
  Positioned<Registry> registry(QueryReader query) {
    query.done();
    return readModels.read(
        VenueRegistryProjection.NAME,
        rows ->
            new Registry(
                ReadModels.rows(
                    rows,
                    "SELECT view FROM market_venue ORDER BY venue",
                    row -> json.view(row.getString(1), VenueView.class))));
  }
}
