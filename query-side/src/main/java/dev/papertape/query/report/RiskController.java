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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/report/risk}. */
@RestController
@ReadsProjection({ReportProjection.NAME, VenueReportProjection.NAME})
final class RiskController {
  private final ReadModels readModels;
  private final ReportQueries queries;
  private final EquityQueries equity;
  private final @Nullable CostReadings costs;

  RiskController(
      ReadModels readModels,
      ReportQueries queries,
      EquityQueries equity,
      ObjectProvider<CostReadings> costs) {
    this.readModels = readModels;
    this.queries = queries;
    this.equity = equity;
    this.costs = costs.getIfAvailable();
  }

  @Historical
  @Parameter(name = "window", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "format", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping(
      path = "/api/report/risk",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  ResponseEntity<Object> risk(
      QueryReader query,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    ReportWindow window = ReportWindow.of(query);
    Optional<AsOf> asOf = query.asOf();
    boolean isCsv = Csv.isAsked(query, accept);
    query.done();
    Positioned<Risk> report = over(window, asOf);
    return isCsv ? Csv.reply(RiskCsv.of(report.body()), report.position()) : Csv.json(report);
  }

  Positioned<Risk> over(ReportWindow window, Optional<AsOf> asOf) {
    return readModels.read(
        ReportProjection.NAME,
        asOf,
        (connection, position) -> {
          ReportReading reading = queries.read(connection, window, position);
          return Risk.of(
              window,
              reading,
              equity.samples(connection, reading),
              costs(connection, window, reading, position));
        });
  }

  private CostReadings.Costs costs(
      Connection connection, ReportWindow window, ReportReading reading, long position)
      throws SQLException {
    Instant newest = reading.newest();
    return costs == null || newest == null
        ? CostReadings.Costs.NONE
        : costs.over(connection, window, newest, position);
  }
}
