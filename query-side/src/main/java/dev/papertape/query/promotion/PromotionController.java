package dev.papertape.query.promotion;

import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.ReadModels;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/promotion/status}. */
@RestController
@ReadsProjection(PromotionProjection.NAME)
final class PromotionController {
  private final ReadModels readModels;
  private final PromotionQueries queries;

  PromotionController(ReadModels readModels, PromotionQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @GetMapping("/api/promotion/status")
  Positioned<PromotionStatus> status(QueryReader query) {
    Optional<AsOf> asOf = query.asOf();
    query.done();
    return readModels.read(PromotionProjection.NAME, asOf, queries::status);
  }
}
