package dev.papertape.query.report;

import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.ReadModels;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/report/alpha-pnl}. */
@RestController
@ReadsProjection(ReportProjection.NAME)
final class AlphaPnlController {
  private static final int POINTS = 61;

  private final ReadModels readModels;
  private final ReportQueries queries;

  AlphaPnlController(ReadModels readModels, ReportQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @Parameter(name = "window", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "format", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping(
      path = "/api/report/alpha-pnl",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  ResponseEntity<Object> alphaPnl(
      QueryReader query,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    ReportWindow window = ReportWindow.of(query);
    Optional<AsOf> asOf = query.asOf();
    boolean isCsv = Csv.isAsked(query, accept);
    query.done();
    Positioned<AlphaPnl> report =
        readModels.read(
            ReportProjection.NAME,
            asOf,
            (connection, position) -> {
              ReportReading reading = queries.read(connection, window, position);
              return AlphaPnl.of(window, reading, queries.series(connection, reading, POINTS));
            });
    return isCsv ? Csv.reply(AlphaPnlCsv.of(report.body()), report.position()) : Csv.json(report);
  }
}
