package dev.papertape.query.deploy;

import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.ReadModels;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/deploy/status}. */
@RestController
@ReadsProjection(DeployProjection.NAME)
final class DeployController {
  private final ReadModels readModels;
  private final DeployQueries queries;

  DeployController(ReadModels readModels, DeployQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @GetMapping("/api/deploy/status")
  Positioned<DeployStatus> status(QueryReader query) {
    Optional<AsOf> asOf = query.asOf();
    query.done();
    return readModels.read(DeployProjection.NAME, asOf, queries::status);
  }
}
