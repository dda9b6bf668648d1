package dev.papertape.query.router;

import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.Paged;
import dev.papertape.query.ReadModels;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/router/snapshot}. */
@RestController
final class RouterController {
  private final ReadModels readModels;
  private final RouterQueries queries;

  RouterController(ReadModels readModels, RouterQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  /** The decisions page with {@code limit} and {@code before}; the venues are always whole. */
  @Paged
  @Historical
  @GetMapping("/api/router/snapshot")
  @ReadsProjection(RouterProjection.NAME)
  Positioned<RouterSnapshot> snapshot(QueryReader query) {
    int limit = query.limit();
    long before = query.before();
    Optional<AsOf> asOf = query.asOf();
    query.done();
    return readModels.read(
        RouterProjection.NAME,
        asOf,
        (rows, position) -> queries.snapshot(rows, position, limit, before));
  }
}
