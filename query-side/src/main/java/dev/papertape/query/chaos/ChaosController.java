package dev.papertape.query.chaos;

import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.Paged;
import dev.papertape.query.ReadModels;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/chaos/status}: the lever and every experiment, newest first. */
@RestController
@ReadsProjection(ChaosProjection.NAME)
final class ChaosController {
  private static final String PAGE =
      "SELECT view FROM chaos_experiment WHERE position < ? ORDER BY position DESC LIMIT ?";
  private static final String LEVER = "SELECT view FROM chaos_lever";

  private final ReadModels readModels;
  private final EventJson json;
  private final boolean enabled;

  ChaosController(
      ReadModels readModels,
      EventJson json,
      @Value("${papertape.env:DEV}") String environment,
      @Value("${papertape.chaos.enabled:#{null}}") @Nullable Boolean enabled) {
    this.readModels = readModels;
    this.json = json;
    this.enabled = enabled != null ? enabled : !environment.equalsIgnoreCase("PROD");
  }

  /**
   * @param enabled whether faults may be injected here
   * @param next {@code before} of the next page, null on the last one
   */
  record Status(
      boolean enabled, LeverView lever, List<ExperimentView> experiments, @Nullable Long next) {}

  @Paged
  @GetMapping("/api/chaos/status")
  Positioned<Status> status(QueryReader query) {
    int limit = query.limit();
    long before = query.before();
    query.done();
    return readModels.read(
        ChaosProjection.NAME,
        rows -> {
          List<ExperimentView> page =
              ReadModels.rows(
                  rows,
                  PAGE,
                  row -> json.view(row.getString(1), ExperimentView.class),
                  before,
                  limit);
          List<LeverView> lever =
              ReadModels.rows(rows, LEVER, row -> json.view(row.getString(1), LeverView.class));
          return new Status(
              enabled,
              lever.isEmpty() ? LeverView.NEVER_PULLED : lever.getFirst(),
              page,
              page.size() < limit ? null : page.getLast().position());
        });
  }
}
