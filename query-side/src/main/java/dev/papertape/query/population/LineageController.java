package dev.papertape.query.population;

import dev.papertape.contracts.population.Population;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.Paged;
import dev.papertape.query.ReadModels;
import dev.papertape.query.population.LineageView.PopulationView;
import dev.papertape.query.population.LineageView.Progress;
import dev.papertape.query.population.LineageView.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/pbt/lineage}: every population, oldest first, and a page of the steps. */
@RestController
@ReadsProjection(LineageProjection.NAME)
final class LineageController {
  private static final String POPULATIONS =
      """
      SELECT p.population, r.progress FROM pbt_population p
      LEFT JOIN pbt_progress r USING (population_id) ORDER BY p.created_at
      """;
  private static final String PAGE =
      """
      SELECT population_id, step FROM pbt_step WHERE position < ?
      ORDER BY position DESC LIMIT ?
      """;

  private final ReadModels readModels;
  private final EventJson json;

  private record OwnedStep(String populationId, Step step) {}

  LineageController(ReadModels readModels, EventJson json) {
    this.readModels = readModels;
    this.json = json;
  }

  @Paged
  @GetMapping("/api/pbt/lineage")
  Positioned<LineageView> lineage(QueryReader query) {
    int limit = query.limit();
    long before = query.before();
    query.done();
    return readModels.read(LineageProjection.NAME, rows -> lineage(rows, limit, before));
  }

  private LineageView lineage(Connection connection, int limit, long before) throws SQLException {
    List<OwnedStep> page =
        ReadModels.rows(
            connection,
            PAGE,
            row -> new OwnedStep(row.getString(1), json.view(row.getString(2), Step.class)),
            before,
            limit);
    Map<String, List<Step>> steps =
        page.stream()
            .collect(
                Collectors.groupingBy(
                    OwnedStep::populationId,
                    Collectors.mapping(OwnedStep::step, Collectors.toList())));
    List<PopulationView> populations =
        ReadModels.rows(
            connection,
            POPULATIONS,
            row -> {
              Population population = json.view(row.getString(1), Population.class);
              String progress = row.getString(2);
              return PopulationView.of(
                  population,
                  progress == null ? null : json.view(progress, Progress.class),
                  steps.getOrDefault(population.populationId(), List.of()));
            });
    return new LineageView(
        populations,
        populations.stream().mapToLong(PopulationView::trials).sum(),
        page.size() < limit ? null : page.getLast().step().position());
  }
}
