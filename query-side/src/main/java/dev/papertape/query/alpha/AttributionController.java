package dev.papertape.query.alpha;

import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.ReadModels;
import dev.papertape.query.report.Csv;
import dev.papertape.query.report.ReportProjection;
import dev.papertape.query.report.ReportQueries;
import dev.papertape.query.report.ReportWindow;
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

/** {@code GET /api/alpha/attribution}: the rows behind the report on alpha P&amp;L. */
@RestController
@ReadsProjection(ReportProjection.NAME)
final class AttributionController {
  private static final String HEADER =
      "from,to,currency,alphaId,symbol,signalWeight,pnl,leaveOneOut,shapley,interactionResidual";

  private final ReadModels readModels;
  private final ReportQueries queries;

  AttributionController(ReadModels readModels, ReportQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @Parameter(name = "window", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "format", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping(
      path = "/api/alpha/attribution",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  ResponseEntity<Object> attribution(
      QueryReader query,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    ReportWindow window = ReportWindow.of(query);
    Optional<AsOf> asOf = query.asOf();
    boolean isCsv = Csv.isAsked(query, accept);
    query.done();
    Positioned<Attribution> report =
        readModels.read(
            ReportProjection.NAME,
            asOf,
            (connection, position) ->
                Attribution.of(window, queries.read(connection, window, position)));
    return isCsv ? Csv.reply(csv(report.body()), report.position()) : Csv.json(report);
  }

  private static String csv(Attribution report) {
    return Csv.text(
        HEADER,
        report.attributions().stream()
            .map(
                row ->
                    Csv.row(
                        report.window().from(),
                        report.window().to(),
                        report.currency(),
                        row.alphaId(),
                        row.symbol(),
                        row.signalWeight(),
                        row.pnl(),
                        row.leaveOneOut(),
                        row.shapley(),
                        row.interactionResidual())));
  }
}
