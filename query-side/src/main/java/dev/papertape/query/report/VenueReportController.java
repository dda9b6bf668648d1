package dev.papertape.query.report;

import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.PositionHeaders;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.ReadModels;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/report/venue}, as JSON or, by {@code Accept}, as CSV. */
@RestController
@ReadsProjection(VenueReportProjection.NAME)
final class VenueReportController {
  private static final MediaType CSV = MediaType.valueOf("text/csv;charset=UTF-8");

  private final ReadModels readModels;
  private final VenueReportQueries queries;

  VenueReportController(ReadModels readModels, VenueReportQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @Parameter(
      name = "window",
      in = ParameterIn.QUERY,
      description = "<n>{m|h|d} from 1m to 90d",
      schema = @Schema(type = "string", defaultValue = "7d"))
  @GetMapping(
      path = "/api/report/venue",
      produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
  ResponseEntity<Object> venues(
      QueryReader query,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    ReportWindow window = ReportWindow.of(query);
    Optional<AsOf> asOf = query.asOf();
    query.done();
    Positioned<VenueReport> report =
        readModels.read(
            VenueReportProjection.NAME,
            asOf,
            (rows, position) -> queries.report(rows, position, window));
    if (isCsv(accept)) {
      return ResponseEntity.ok()
          .contentType(CSV)
          .header(PositionHeaders.POSITION, Long.toString(report.position()))
          .body(VenueCsv.of(report.body()));
    }
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(report);
  }

  /** Only for a client that names CSV before JSON. */
  private static boolean isCsv(@Nullable String accept) {
    List<MediaType> types = MediaType.parseMediaTypes(accept);
    MimeTypeUtils.sortBySpecificity(types);
    for (MediaType type : types) {
      if (type.includes(MediaType.APPLICATION_JSON)) {
        return false;
      }
      if (type.includes(CSV.removeQualityValue())) {
        return true;
      }
    }
    return false;
  }
}
