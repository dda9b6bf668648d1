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

/** {@code GET /api/report/venue}, as JSON or CSV. */
@RestController
@ReadsProjection(VenueReportProjection.NAME)
final class VenueReportController {
  private final ReadModels readModels;
  private final VenueReportQueries queries;

  VenueReportController(ReadModels readModels, VenueReportQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @Parameter(name = "window", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "format", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping(
      path = "/api/report/venue",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  ResponseEntity<Object> venues(
      QueryReader query,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    ReportWindow window = ReportWindow.of(query);
    Optional<AsOf> asOf = query.asOf();
    boolean isCsv = Csv.isAsked(query, accept);
    query.done();
    Positioned<VenueReport> report =
        readModels.read(
            VenueReportProjection.NAME,
            asOf,
            (rows, position) -> queries.report(rows, position, window));
    return isCsv ? Csv.reply(VenueCsv.of(report.body()), report.position()) : Csv.json(report);
  }
}
